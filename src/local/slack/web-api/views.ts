import { checkMessage, checkView, type LimitFault } from '../../../../blocks/limits.ts';
import { type Json, viewJson } from '../workspace/as-json.ts';
import { type StoredView, stackMax, type ViewPayload } from '../workspace/views.ts';
import { ApiError, faultMessages } from './api-error.ts';
import type { Args } from './args.ts';
import type { Ground, Methods } from './method.ts';

export const views: Methods = {
  'views.open': { tier: 4, run: open },
  'views.push': { tier: 4, run: push },
  'views.update': { tier: 4, run: update },
  'views.publish': { tier: 4, run: publish },
  'blocks.validate': { tier: 4, isOpen: true, run: (args) => validate(args) },
};

/** A view if Slack would take it. @throws {ApiError} */
export function readView(value: unknown, type: ViewPayload['type']): ViewPayload {
  if (value === undefined) throw new ApiError('invalid_arguments', ['[ERROR] missing required field: view']);
  const faults = checkView(value);
  if (faults.some((fault) => fault.rule === 'too-large')) throw new ApiError('view_too_large');
  if (faults.length > 0) throw new ApiError('invalid_arguments', faultMessages(faults, '/view'));
  // Every member of the payload has just been checked.
  const view = value as ViewPayload;
  if (view.type !== type)
    throw new ApiError('invalid_arguments', [`[ERROR] a ${type} is wanted here [json-pointer:/view/type]`]);
  return view;
}

function shown({ workspace, views: stored }: Ground, view: StoredView): Json {
  return { view: viewJson(workspace, stored, view) };
}

function refuseTakenExternalId(ground: Ground, payload: ViewPayload, own?: StoredView): void {
  const { external_id: externalId } = payload;
  if (externalId === undefined || externalId === '') return;
  const holder = ground.views.findExternal(externalId);
  if (holder && holder !== own) throw new ApiError('duplicate_external_id');
}

function open(args: Args, ground: Ground): Json {
  const payload = readView(args.nested('view'), 'modal');
  refuseTakenExternalId(ground, payload);
  const { user } = ground.triggers.spend(args.need('trigger_id'));
  return shown(ground, ground.views.open(user, payload));
}

function push(args: Args, ground: Ground): Json {
  const payload = readView(args.nested('view'), 'modal');
  refuseTakenExternalId(ground, payload);
  const { user, isFromModal } = ground.triggers.spend(args.need('trigger_id'));
  const depth = ground.views.stackOf(user).length;
  if (!isFromModal || depth === 0) throw new ApiError('invalid_trigger_id');
  if (depth >= stackMax) throw new ApiError('push_limit_reached');
  return shown(ground, ground.views.push(user, payload));
}

function refuseOldHash(args: Args, view: StoredView | undefined): void {
  const hash = args.find('hash');
  if (hash !== undefined && view && view.hash !== hash) throw new ApiError('hash_conflict');
}

function update(args: Args, ground: Ground): Json {
  const id = args.find('view_id');
  const view = id === undefined ? ground.views.findExternal(args.need('external_id')) : ground.views.find(id);
  if (!view) throw new ApiError('not_found');
  const payload = readView(args.nested('view'), view.payload.type);
  refuseTakenExternalId(ground, payload, view);
  refuseOldHash(args, view);
  return shown(ground, ground.views.update(view, payload));
}

function publish(args: Args, ground: Ground): Json {
  const user = args.need('user_id');
  if (!ground.workspace.users.has(user)) throw new ApiError('user_not_found');
  const payload = readView(args.nested('view'), 'home');
  refuseOldHash(args, ground.views.homeOf(user));
  return shown(ground, ground.views.publish(user, payload));
}

/** Slack's public check: blocks, a message or a view; the answer lists every fault with its pointer. */
function validate(args: Args): Json {
  const faults = faultsOf(args);
  if (faults.length === 0) return {};
  return { ok: false, error: 'invalid_blocks', errors: faults.map(validationError) };
}

function faultsOf(args: Args): readonly LimitFault[] {
  const view = args.nested('view');
  if (view !== undefined) return checkView(view);
  const blocks = args.nested('blocks', 'invalid_blocks_format');
  if (blocks !== undefined) return checkMessage({ blocks });
  const message = args.nested('message');
  if (typeof message === 'object' && message !== null) return checkMessage(message);
  throw new ApiError('invalid_arguments', ['[ERROR] one of blocks, message or view is needed']);
}

function validationError({ rule, sentence, pointer, limit, got }: LimitFault): Json {
  return {
    code: rule,
    message: sentence,
    pointer,
    constraint: {
      type: rule,
      ...(limit !== undefined && { expected: [String(limit)] }),
      ...(got !== undefined && { got: String(got) }),
    },
  };
}
