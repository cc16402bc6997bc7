import type { Stage } from './people/ground.ts';
import { plainView, type SeenMessage, type SeenView, seenMessage, seenView } from './people/look.ts';
import { plainText } from './people/plain-text.ts';
import { currentOf, type Happening } from './workspace/messages.ts';
import type { ViewHappening } from './workspace/views.ts';

/** Something that became visible: in a channel, or to one person. `plain` is how it reads. */
export type MessageNews = { readonly kind: Happening['kind']; readonly message: SeenMessage; readonly plain: string };
export type ViewNews = {
  readonly kind: ViewHappening['kind'];
  readonly user: string;
  readonly view: SeenView;
  readonly plain: string;
};

export function messageNews(stage: Stage, { kind, message }: Happening): MessageNews {
  return { kind, message: seenMessage(message), plain: plainText(currentOf(message), stage.names) };
}

export function viewNews(stage: Stage, { kind, view }: ViewHappening): ViewNews {
  const seen = seenView(stage, view);
  return { kind, user: view.user, view: seen, plain: plainView(stage, seen) };
}
