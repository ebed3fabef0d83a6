// Prints docs/operations/configuration.md from the configuration schema itself; `npm test` compares.
import { COMMON_CONFIG } from '@gpect/service-kit/config/config';
import { comesByFile } from '@gpect/service-kit/config/environment';
import { DASHBOARD_CONFIG } from '../../apps/dashboard/dist/config.js';
import { GATEWAY_CONFIG } from '../../apps/partner-gateway/dist/config.js';
import { SPEND_CONFIG } from '../../apps/training-spend/dist/config.js';
import { PARTNERS_CONFIG } from '../kafka/dist/config.js';

const rowsOf = (specs) =>
  Object.entries(specs).map(([name, spec]) => {
    const { desc = '', example = '', default: fallback, choices } = spec;
    const names = comesByFile(spec) ? `\`${name}\` or \`${name}_FILE\`` : `\`${name}\``;
    return `| ${names} | ${desc}${choices ? ` (${choices.join(', ')})` : ''} | ${fallback === undefined ? '**required**' : `\`${fallback}\``} | ${example ? `\`${example}\`` : ''} |`;
  });

const TABLE = '| variable | meaning | default | example |\n| --- | --- | --- | --- |';

function configurationTable() {
  return `# Configuration

Every service starts alone with nothing but these environment variables. A service that lacks one names all its faults at
once and ends with code 78; no value is ever printed. This table is made from the schema
(\`node infra/checks/configuration-table.mjs\`).

Secrets come by themselves or by a file, as Docker and Kubernetes mount them: \`NAME_FILE\` names a file whose content,
without a last end of line, is the value of \`NAME\`. Both given is refused, and so is a file that is missing, unreadable,
empty or larger than 64 kB. It is read once, at the start: who changes a secret starts the service again.

${TABLE}
${rowsOf(COMMON_CONFIG).join('\n')}

## training-spend alone

${TABLE}
${rowsOf(SPEND_CONFIG).join('\n')}

## partner-gateway alone

${TABLE}
${rowsOf(GATEWAY_CONFIG).join('\n')}

## dashboard: all that the pages read

${TABLE}
${rowsOf(DASHBOARD_CONFIG).join('\n')}

## The one-shots of \`infra/kafka\` (topics read the first two)

${TABLE}
${rowsOf(PARTNERS_CONFIG).join('\n')}
`;
}

process.stdout.write(configurationTable());
