import { readConfig } from '@gpect/service-kit/config/config';
import { runService } from '@gpect/service-kit/service/service';
import { workshops } from './service.js';

runService(workshops, readConfig(process.env));
