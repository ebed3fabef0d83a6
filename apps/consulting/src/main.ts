import { readConfig } from '@gpect/service-kit/config/config';
import { runService } from '@gpect/service-kit/service/service';
import { consulting } from './service.js';

runService(consulting, readConfig(process.env));
