import { setFlagsFromString } from 'node:v8';
import { readConfig } from '@gpect/service-kit/config/config';
import { runService } from '@gpect/service-kit/service/service';
import { SPEND_CONFIG } from './config.js';
import { trainingSpend } from './service.js';

// A file of any length is read in the memory of a few thousand lines; the heap may grow to some two and a half times what lives, not to four
// times: a file of two million lines stays below 300 MB, for some 5 % of its speed (docs/benchmarks.md).
setFlagsFromString('--heap-growing-percent=140');

const config = readConfig(process.env, SPEND_CONFIG);
runService(trainingSpend(config), config);
