import { fileURLToPath } from 'node:url';

// One Jest configuration for every workspace: each passes its own folder as --rootDir.
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/src/**/*.test.ts', '<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/(?!.*node_modules/).*)\\.js$': '$1',
    '^fast-check$': fileURLToPath(new URL('infra/checks/fast-check.mjs', import.meta.url)),
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
  transformIgnorePatterns: ['/node_modules/', '/dist/'],
  // Two at a time: files of tests wait for servers as often as they compute. Jest alone takes one on two cores.
  maxWorkers: 2,
  testSequencer: fileURLToPath(new URL('infra/checks/longest-first.mjs', import.meta.url)),
  testTimeout: 30_000,
};
