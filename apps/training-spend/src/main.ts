import { readConfig } from '@gpect/service-kit/config/config';
import { runService } from '@gpect/service-kit/service/service';
import { SPEND_CONFIG } from './config.js';
import { trainingSpend } from './service.js';

const config = readConfig(process.env, SPEND_CONFIG);
runService(trainingSpend(config), config);
