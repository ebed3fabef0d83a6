import { readConfig } from '@gpect/service-kit/config/config';
import { runService } from '@gpect/service-kit/service/service';
import { reporting } from './service.js';

runService(reporting, readConfig(process.env));
