import { apiDocument } from '@gpect/contracts/api-documents';
import { faultInFrench } from '@gpect/contracts/faults-in-french';
import { RequestContracts, type RequestFault } from '@gpect/contracts/request-contracts';
import { pointerTo } from '@gpect/domain-values/json-pointer';
import { own } from '@gpect/domain-values/records';
import { uploadProblem } from '@gpect/file-uploads/upload-messages';
import { Problem, type SaidFault } from '@gpect/service-kit/http/problem';
import { contradictionOf } from '../dialect/contradictions.js';
import { completed, type Dialect, type WrittenDialect } from '../dialect/dialect.js';

const CONTRACTS = new RequestContracts(apiDocument('training-spend'));
/** The part of the form that holds it; places in it are told from there. */
const PART = 'dialect';

/**
 * A dialect under trial: what publishing would take, but for columns and schemes that it does not name yet.
 * @throws Problem 400 with each place where it is none, 422 where it contradicts itself or the registers
 */
export function draftOf(text: string): Dialect {
  const written = parsed(text);
  const faults = CONTRACTS.faultsOf('publishDialect', { body: written }).filter((fault) => !isYetToBeSaid(fault));
  if (faults.length > 0) throw misshapen(faults, written);
  const draft = completed({ schemes: {}, ...written } as WrittenDialect);
  const found = contradictionOf(draft);
  if (found)
    throw new Problem(422, 'dialect-contradictory', "Against the programme's rules", {
      ...saidIn(found.said),
      errors: [{ pointer: pointerTo(PART, found.field), ...saidIn(found.said) }],
    });
  return draft;
}

function parsed(text: string): object {
  try {
    const written: unknown = JSON.parse(text);
    if (typeof written === 'object' && written !== null && !Array.isArray(written)) return written;
  } catch {
    // Said below.
  }
  throw uploadProblem('malformed.dialect');
}

/** A draft names what is known by now: its preview says what is missing. */
function isYetToBeSaid({ names: [field, ...within], rule }: RequestFault): boolean {
  if (field === 'schemes') return within.length === 0 && (rule === 'required' || rule === 'minProperties');
  return field === 'columns' && within.length > 0 && rule === 'required';
}

function misshapen(faults: readonly RequestFault[], written: object): Problem {
  const errors = faults.map(({ names, rule, params, message }): SaidFault => {
    const subject = `le champ «\u00a0${[PART, ...names].join(' / ')}\u00a0»`;
    return {
      pointer: pointerTo(PART, ...names),
      detail: message,
      french: faultInFrench(subject, { keyword: rule, params }, valueAt(names, written)),
    };
  });
  const [first] = errors;
  const { more } = uploadProblem('malformed.dialect');
  return new Problem(400, 'malformed', 'Malformed upload', {
    detail: `${more.detail} (${first?.pointer} ${first?.detail})`,
    french: `${more.french} (${first?.french})`,
    errors,
  });
}

function valueAt(names: readonly string[], written: object): unknown {
  return names.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? own(at as Record<string, unknown>, name) : undefined),
    written,
  );
}

const saidIn = ({ fr: french, en: detail }: { readonly fr: string; readonly en: string }) => ({ detail, french });
