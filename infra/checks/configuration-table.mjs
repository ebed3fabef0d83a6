// Prints docs/operations/configuration.md from the configuration schema itself; `npm test` compares.
import { COMMON_CONFIG } from '@gpect/service-kit/config/config';
import { GATEWAY_CONFIG } from '../../apps/partner-gateway/dist/config.js';
import { SPEND_CONFIG } from '../../apps/training-spend/dist/config.js';

const rowsOf = (specs) =>
  Object.entries(specs).map(([name, spec]) => {
    const { desc = '', example = '', default: fallback, choices } = spec;
    return `| \`${name}\` | ${desc}${choices ? ` (${choices.join(', ')})` : ''} | ${fallback === undefined ? '**required**' : `\`${fallback}\``} | ${example ? `\`${example}\`` : ''} |`;
  });

const TABLE = '| variable | meaning | default | example |\n| --- | --- | --- | --- |';

function configurationTable() {
  return `# Configuration

Every service starts alone with nothing but these environment variables. A service that lacks one names all its faults at
once and ends with code 78. This table is made from the schema (\`node infra/checks/configuration-table.mjs\`).

${TABLE}
${rowsOf(COMMON_CONFIG).join('\n')}

## training-spend alone

${TABLE}
${rowsOf(SPEND_CONFIG).join('\n')}

## partner-gateway alone

${TABLE}
${rowsOf(GATEWAY_CONFIG).join('\n')}
`;
}

process.stdout.write(configurationTable());
