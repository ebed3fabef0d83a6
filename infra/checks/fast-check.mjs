// What tests import as `fast-check`: every run of the same code draws the same inputs, so that CI is not red by chance.
// GPECT_FUZZ_SEED draws others (`npm run fuzz -- --seed N`); a fault names its seed.
import fc from '../../node_modules/fast-check/lib/fast-check.js';

const { GPECT_FUZZ_SEED = '2013' } = process.env;
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(GPECT_FUZZ_SEED) });

export default fc;
