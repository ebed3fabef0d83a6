import { developmentCertificate } from './certificate.js';

/** `node dist/make-certificate.js DIR [HOST…]`: the development broker's certificate, for containers; kept if it is there. */
const [dir, ...hosts] = process.argv.slice(2);
if (!dir) {
  process.stderr.write(
    'node dist/make-certificate.js DIR [HOST…]: DIR is missing, the folder that keeps the certificate\n',
  );
  process.exit(64);
}
const { keyStore, authority } = await developmentCertificate(dir, hosts);
process.stdout.write(`${keyStore} is for the broker, ${authority} for its clients\n`);
