import { readConfig } from '@gpect/service-kit/config/config';
import { runService } from '@gpect/service-kit/service/service';
import { trainingSpend } from './service.js';

runService(trainingSpend, readConfig(process.env));
