import { readConfig } from '@gpect/service-kit/config/config';
import { runService } from '@gpect/service-kit/service/service';
import { enrolment } from './service.js';

runService(enrolment, readConfig(process.env));
