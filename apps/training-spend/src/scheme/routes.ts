import { Router } from 'express';
import { REGISTER } from './register.js';

export function schemeRoutes(): Router {
  return Router().get('/schemes', (_request, response) => {
    response.json({
      schemes: REGISTER.schemes.map(({ names: _, ...scheme }) => scheme),
      organisations: REGISTER.organisations,
    });
  });
}
