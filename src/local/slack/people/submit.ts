import type { AppAnswer, Envelope } from '../delivery/app-line.ts';
import { interaction } from '../delivery/envelopes.ts';
import { ApiError } from '../web-api/api-error.ts';
import { readView } from '../web-api/views.ts';
import { viewJson } from '../workspace/as-json.ts';
import { draftKey, elementsOf } from '../workspace/state-values.ts';
import { type StoredView, stackMax } from '../workspace/views.ts';
import type { User } from '../workspace/workspace.ts';
import { parseBody } from './command.ts';
import { answerFor, type Entry, problemsIn } from './fill.ts';
import type { Stage } from './ground.ts';
import { notSent, type Seen, seenAfter } from './seen.ts';
import { offerFor } from './suggest.ts';
import { findTarget, getOpenView, placeKey, type ViewRef } from './target.ts';

/** Answers by block id; what is left out keeps what stands in the form. */
export type Entries = Readonly<Record<string, Entry>>;

/** Fills a form and sends it. */
export async function submit(stage: Stage, user: User, at: { view: ViewRef; entries: Entries }): Promise<Seen> {
  const view = getOpenView(stage, user.id, at.view);
  await fillIn(stage, user, { view, entries: at.entries });
  const errors = problemsIn(view);
  if (Object.keys(errors).length > 0) return notSent({ errors, sentence: Object.values(errors).join(' ') });
  const payload = {
    type: 'view_submission',
    ...interaction(stage.workspace, user, stage.triggers.mint(user.id, true)),
    // The team of a submission is the submitter's own, unlike that of a press.
    team: {
      id: user.team_id,
      domain: user.team_id === stage.workspace.team.id ? stage.workspace.team.domain : 'elsewhere',
    },
    view: viewJson(stage.workspace, stage.views, view),
    response_urls: [],
  };
  const envelope: Envelope = {
    kind: 'interactive',
    label: `form ${view.payload.callback_id ?? view.id} by ${user.id}`,
    payload,
  };
  const answer = await stage.deliveries.send(envelope);
  const seen = seenAfter(answer, 'This form');
  return answer.failure ? seen : afterAnswer(stage, { view, envelope, answer, seen });
}

async function fillIn(
  stage: Stage,
  user: User,
  { view, entries }: { view: StoredView; entries: Entries },
): Promise<void> {
  const target = findTarget(stage, user.id, view);
  for (const [blockId, entry] of Object.entries(entries)) {
    const placed = elementsOf(view.payload.blocks).find((one) => one.blockId === blockId && one.block.type === 'input');
    if (!placed) throw new Error(`the form has no question ${blockId}`);
    await offerFor(stage, user, { target, placed, query: String(entry) });
    const offered = stage.offered.get(placeKey(target, placed));
    view.draft.set(draftKey(placed), answerFor(placed.element, entry, offered));
  }
}

type Submitted = { view: StoredView; envelope: Envelope; answer: AppAnswer; seen: Seen };

function afterAnswer(stage: Stage, submitted: Submitted): Seen {
  const { view, answer, seen } = submitted;
  if (answer.body === '') {
    stage.views.close(view);
    return seen;
  }
  try {
    return follow(stage, view, { seen, said: parseBody(answer.body) });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    stage.deliveries.noteFailure(submitted.envelope, { ...answer, failure: 'invalid_answer' });
    return {
      ...seen,
      failure: 'invalid_answer',
      sentence: `This form failed with the error "invalid_answer" (${error.message})`,
    };
  }
}

type Said = { readonly response_action?: unknown; readonly errors?: unknown; readonly view?: unknown };

function follow(stage: Stage, view: StoredView, { seen, said }: { seen: Seen; said: unknown }): Seen {
  const answer: Said = typeof said === 'object' && said !== null ? said : {};
  switch (answer.response_action) {
    case 'errors': {
      const errors = readErrors(view, answer.errors);
      return { ...seen, errors, sentence: Object.values(errors).join(' ') };
    }
    case 'update':
      stage.views.update(view, readView(answer.view, 'modal'));
      return seen;
    case 'push':
      if (stage.views.stackOf(view.user).length >= stackMax) throw new ApiError('push_limit_reached');
      stage.views.push(view.user, readView(answer.view, 'modal'));
      return seen;
    case 'clear':
      stage.views.clear(view.user);
      return seen;
    default:
      throw new ApiError('invalid_response_action', [`[ERROR] ${JSON.stringify(answer.response_action)} is none`]);
  }
}

/** The keys are block ids of questions in this form; others are shown nowhere, so they are refused. */
function readErrors(view: StoredView, errors: unknown): Readonly<Record<string, string>> {
  const asked = view.payload.blocks.filter((block) => block.type === 'input').map((block) => block.block_id);
  const pairs = typeof errors === 'object' && errors !== null ? Object.entries(errors) : [];
  if (pairs.length === 0) throw new ApiError('no_errors_given');
  const stranger = pairs.find(([blockId, text]) => !asked.includes(blockId) || typeof text !== 'string');
  if (stranger) throw new ApiError('invalid_errors', [`[ERROR] ${stranger[0]} is no question of this form`]);
  return Object.fromEntries(pairs);
}

/** Closes a form without sending it. The app hears of it only when the view asks for that. */
export async function closeView(stage: Stage, user: User, ref: ViewRef): Promise<Seen> {
  const view = getOpenView(stage, user.id, ref);
  const shown = viewJson(stage.workspace, stage.views, view);
  const isCleared = view.payload.clear_on_close === true;
  if (isCleared) stage.views.clear(user.id);
  else stage.views.close(view);
  if (view.payload.notify_on_close !== true) return notSent();
  const payload = { type: 'view_closed', ...interaction(stage.workspace, user), view: shown, is_cleared: isCleared };
  const answer = await stage.deliveries.send({
    kind: 'interactive',
    label: `close of ${view.id} by ${user.id}`,
    payload,
  });
  return seenAfter(answer, 'This form');
}
