import { all, byType, type Check, fault, flag, form, isObject, list, oneOf, shape, text } from './check.ts';

/** Every link that a block may carry; Slack allows 3,000 characters. */
export const link = form(3_000, /^(https?:\/\/|mailto:)\S+$/, 'a link');
export const blockId = text(255);
export const actionId = text(255);
export const userId = form(32, /^[UW][A-Z0-9]+$/, 'a user id');
export const groupId = form(32, /^S[A-Z0-9]+$/, 'a user group id');
export const channelId = form(32, /^[CDG][A-Z0-9]+$/, 'a channel id');

function plainRow(max: number): Check {
  return shape({ needs: { text: text(max) }, may: { emoji: flag } });
}

function mrkdwnRow(max: number): Check {
  return shape({ needs: { text: text(max) }, may: { verbatim: flag } });
}

export function plain(max: number): Check {
  return byType({ plain_text: plainRow(max) });
}

/** Plain text or mrkdwn. */
export function words(max: number): Check {
  return byType({ plain_text: plainRow(max), mrkdwn: mrkdwnRow(max) });
}

/** The same with a picture between the words, as in a context block. */
export function wordsOrPicture(max: number): Check {
  return byType({ plain_text: plainRow(max), mrkdwn: mrkdwnRow(max), image: picture({}) });
}

const slackFile = all(shape({ may: { id: form(32, /^F[A-Z0-9]{8,}$/, 'a file id'), url: link } }), (value, pointer) =>
  eitherOf(value, pointer, ['id', 'url']),
);

/** A picture from a link or from a file in Slack; the alternative text is for who cannot see it. */
export function picture(more: Readonly<Record<string, Check>>): Check {
  return all(
    shape({ needs: { alt_text: text(2_000) }, may: { image_url: link, slack_file: slackFile, ...more } }),
    (value, pointer) => eitherOf(value, pointer, ['image_url', 'slack_file']),
  );
}

/** Exactly one of the named members. */
export function eitherOf(value: unknown, pointer: string, names: readonly string[]) {
  if (!isObject(value)) return [];
  const present = names.filter((name) => value[name] !== undefined);
  return present.length === 1
    ? []
    : [fault(pointer, 'mismatch', `has ${present.length} of ${names.join(' and ')}, needs exactly one`)];
}

/** The question before an act. */
export const confirm = shape({
  needs: { title: plain(100), text: words(300) },
  may: { confirm: plain(30), deny: plain(30), style: oneOf('primary', 'danger') },
});

export const placeholder = plain(150);

/** An option's text, description and value end at 75 characters; pages that say 2,000 for the value mean buttons. */
export const option = shape({ needs: { text: plain(75), value: text(75) }, may: { description: plain(75) } });
export const richOption = shape({ needs: { text: words(75), value: text(75) }, may: { description: words(75) } });
export const menuOption = shape({
  needs: { text: plain(75), value: text(75) },
  may: { description: plain(75), url: link },
});
export const optionGroup = shape({ needs: { label: plain(75), options: list(option, 100) } });
