import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Everything that a page loads comes from here: no inline script or style, no third party, no frame around us. Pictures may be
 * in the page's own data (drawings are SVG that is shown as a picture, in which nothing runs).
 */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
      },
    },
    crossOriginEmbedderPolicy: true,
  });
}
