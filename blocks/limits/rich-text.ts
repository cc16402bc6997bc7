import { byType, type Check, type Fields, flag, form, list, oneOf, shape, text, whole } from './check.ts';
import { channelId, groupId, link, userId } from './text-objects.ts';

const style = shape({ may: { bold: flag, italic: flag, strike: flag, code: flag, underline: flag } });

const dateTokens = [
  'date_num',
  'date_slash',
  'date',
  'date_long',
  'date_long_full',
  'date_short',
  'date_pretty',
  'date_short_pretty',
  'date_long_pretty',
  'day_divider_pretty',
  'time',
  'time_secs',
  'ago',
].join('|');
/** Words with at least one date token, and no brace that is none. */
const dateFormat = new RegExp(`^(?=.*\\{(?:${dateTokens})\\})(?:[^{}]|\\{(?:${dateTokens})\\})+$`);

/** Seconds since 1970. Ten digits: a number of milliseconds has thirteen. */
const seconds = whole(1_000_000_000, 9_999_999_999);

const textPiece = shape({ needs: { text: text(3_000) }, may: { style } });
const linkPiece = shape({ needs: { url: link }, may: { text: text(3_000), style, unsafe: flag } });

const pieces: Fields = {
  text: textPiece,
  link: linkPiece,
  user: shape({ needs: { user_id: userId }, may: { style } }),
  usergroup: shape({ needs: { usergroup_id: groupId }, may: { style } }),
  channel: shape({ needs: { channel_id: channelId }, may: { style } }),
  emoji: shape({
    needs: { name: form(100, /^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/, 'the name of an emoji') },
    may: { unicode: text(60), style },
  }),
  date: shape({
    needs: { timestamp: seconds, format: form(200, dateFormat, 'a date format with known tokens') },
    may: { fallback: text(200), url: link, style },
  }),
  broadcast: shape({ needs: { range: oneOf('here', 'channel', 'everyone') }, may: { style } }),
};

/** A message holds a thousand pieces at most long before Slack's total of characters is reached. */
const inline = list(byType(pieces), 1_000);
const border = whole(0, 1);
const section = shape({ needs: { elements: inline } });

/** The members of a `rich_text` block. */
export const richText: Check = shape({
  needs: {
    elements: list(
      byType({
        rich_text_section: section,
        rich_text_quote: shape({ needs: { elements: inline }, may: { border } }),
        rich_text_preformatted: shape({
          needs: { elements: list(byType({ text: textPiece, link: linkPiece }), 1_000) },
          may: { border },
        }),
        rich_text_list: shape({
          needs: { style: oneOf('bullet', 'ordered'), elements: list(byType({ rich_text_section: section }), 1_000) },
          may: { indent: whole(0, 8), offset: whole(0, 10_000), border },
        }),
      }),
      1_000,
    ),
  },
  may: { block_id: text(255) },
});
