import { readConfig } from '@gpect/service-kit/config/config';
import { runService } from '@gpect/service-kit/service/service';
import { evaluation } from './service.js';

runService(evaluation, readConfig(process.env));
