import { readConfig } from '@gpect/service-kit/config/config';
import { runService } from '@gpect/service-kit/service/service';
import { addressRules, GATEWAY_CONFIG, webhookRules } from './config.js';
import { partnerGateway } from './service.js';

const config = readConfig(process.env, GATEWAY_CONFIG);
runService(partnerGateway(webhookRules(config), addressRules(config), config.PARTNER_REQUESTS_PER_SECOND), config);
