import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkMessage, checkOptions, checkView, type LimitFault } from '../../blocks/limits.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const many = <T>(count: number, make: (place: number) => T): T[] =>
  Array.from({ length: count }, (_member, place) => make(place));
const option = (value: string) => ({ text: plain(value), value });
const button = (more: object = {}) => ({ type: 'button', text: plain('Go'), action_id: 'a.b', ...more });
const rich = (...pieces: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: pieces }],
});
const input = (element: object, more: object = {}) => ({
  type: 'input',
  label: plain('Why'),
  element: { action_id: 'value', ...element },
  ...more,
});

/** Where and which rule: what is wrong with a message of these blocks. */
const wrong = (...blocks: object[]) => checkMessage({ text: 'words', blocks }).map(short);
const act = (...elements: object[]) => wrong({ type: 'actions', elements });
const ask = (element: object, more: object = {}) => wrong(input(element, more));
const short = ({ pointer, rule }: LimitFault) => `${pointer} ${rule}`;

describe('the cards of the design', () => {
  const cards = [
    'incident-firing',
    'approval-waiting',
    'shadow-promote',
    'shadow-promote.fallback-table',
    'home',
    'modal-deploy',
  ];
  it.each(cards)('%s is within every limit', (name) => {
    const card = JSON.parse(readFileSync(new URL(`../../data/cards/${name}.json`, import.meta.url), 'utf8'));
    expect(card.type ? checkView(card) : checkMessage(card)).toEqual([]);
  });
});

describe('a fault', () => {
  it('says where, which rule, the limit, what was there, and all of it in a sentence', () => {
    expect(checkMessage({ text: 'x', blocks: [{ type: 'header', text: plain('h'.repeat(151)) }] })).toEqual([
      {
        pointer: '/blocks/0/text/text',
        rule: 'too-long',
        limit: 150,
        got: 151,
        sentence: '/blocks/0/text/text has 151 characters, at most 150 are allowed',
      },
    ]);
  });

  it('does not hide the others', () => {
    expect(wrong({ type: 'marquee' }, { type: 'divider', colour: 'red' }, { type: 'header' })).toEqual([
      '/blocks/0/type unknown-type',
      '/blocks/1/colour unknown-field',
      '/blocks/2/text missing',
    ]);
  });
});

describe('a message', () => {
  it('needs words or blocks', () => {
    expect(checkMessage({}).map(short)).toEqual(['/text missing']);
    expect(checkMessage({ text: '', blocks: [] }).map(short)).toEqual(['/text missing']);
    expect(checkMessage({ blocks: [{ type: 'divider' }] })).toEqual([]);
  });

  it('has room for 4,000 characters of text when it is edited and for 40,000 when it is posted', () => {
    expect(checkMessage({ text: 'x'.repeat(4_001) }).map(short)).toEqual(['/text too-long']);
    expect(checkMessage({ text: 'x'.repeat(40_000) }, 'post')).toEqual([]);
    expect(checkMessage({ text: 'x'.repeat(40_001) }, 'post').map(short)).toEqual(['/text too-long']);
  });

  it('has at most 50 blocks and about 13,200 characters of them', () => {
    expect(wrong(...many(50, () => ({ type: 'divider' })))).toEqual([]);
    expect(wrong(...many(51, () => ({ type: 'divider' })))).toEqual(['/blocks too-many']);
    expect(wrong(...many(5, () => rich({ type: 'text', text: 'y'.repeat(2_700) })))).toEqual(['/blocks too-large']);
  });

  it('has block ids that differ, and action ids that differ within a block', () => {
    expect(wrong({ type: 'divider', block_id: 'x' }, { type: 'divider', block_id: 'x' })).toEqual([
      '/blocks duplicate',
    ]);
    expect(act(button(), button())).toEqual(['/blocks/0/elements duplicate']);
    expect(wrong({ type: 'actions', elements: [button()] }, { type: 'actions', elements: [button()] })).toEqual([]);
  });
});

describe('buttons and menus', () => {
  it('stay within their lengths', () => {
    expect(act(button({ text: plain('b'.repeat(76)) }))).toEqual(['/blocks/0/elements/0/text/text too-long']);
    expect(act(button({ value: 'v'.repeat(2_001) }))).toEqual(['/blocks/0/elements/0/value too-long']);
    expect(act(button({ accessibility_label: 'a'.repeat(76) }))).toEqual([
      '/blocks/0/elements/0/accessibility_label too-long',
    ]);
    expect(act(button({ action_id: 'i'.repeat(256) }))).toEqual(['/blocks/0/elements/0/action_id too-long']);
    expect(act(button({ url: 'ftp://example.com' }))).toEqual(['/blocks/0/elements/0/url not-allowed']);
    expect(act(button({ style: 'green' }))).toEqual(['/blocks/0/elements/0/style not-allowed']);
    expect(act(button({ text: { type: 'mrkdwn', text: '*Go*' } }))).toEqual([
      '/blocks/0/elements/0/text/type unknown-type',
    ]);
  });

  it('are at most 25 in a row, and one of them is green', () => {
    expect(act(...many(25, (n) => button({ action_id: `a.${n}` })))).toEqual([]);
    expect(act(...many(26, (n) => button({ action_id: `a.${n}` })))).toEqual(['/blocks/0/elements too-many']);
    const green = (action_id: string) => button({ action_id, style: 'primary' });
    expect(act(green('a.1'), green('a.2'))).toEqual(['/blocks/0/elements too-many']);
  });

  it('ask a question of bounded length', () => {
    const question = (more: object) =>
      button({ confirm: { title: plain('Sure?'), text: plain('It starts.'), ...more } });
    expect(act(question({ confirm: plain('Yes'), deny: plain('No'), style: 'danger' }))).toEqual([]);
    expect(act(question({ title: plain('t'.repeat(101)) }))).toEqual([
      '/blocks/0/elements/0/confirm/title/text too-long',
    ]);
    expect(act(question({ text: plain('t'.repeat(301)) }))).toEqual([
      '/blocks/0/elements/0/confirm/text/text too-long',
    ]);
    expect(act(question({ deny: plain('t'.repeat(31)) }))).toEqual(['/blocks/0/elements/0/confirm/deny/text too-long']);
  });

  it('offer five options in an overflow menu and a hundred in a select, each once', () => {
    const overflow = (count: number) => ({
      type: 'overflow',
      action_id: 'x.more',
      options: many(count, (n) => option(`o${n}`)),
    });
    expect(act(overflow(5))).toEqual([]);
    expect(act(overflow(6))).toEqual(['/blocks/0/elements/0/options too-many']);
    const select = (more: object) => ({ type: 'static_select', action_id: 'x.pick', ...more });
    expect(act(select({ options: many(101, (n) => option(`o${n}`)) }))).toEqual([
      '/blocks/0/elements/0/options too-many',
    ]);
    expect(act(select({ options: [option('a'), option('a')] }))).toEqual(['/blocks/0/elements/0 duplicate']);
    expect(act(select({ options: [option('a')], initial_option: option('b') }))).toEqual([
      '/blocks/0/elements/0 mismatch',
    ]);
    expect(act(select({}))).toEqual(['/blocks/0/elements/0 mismatch']);
    expect(act(select({ options: [option('v'.repeat(76))] }))).toHaveLength(2);
    expect(act(select({ options: [option('a')], placeholder: plain('p'.repeat(151)) }))).toEqual([
      '/blocks/0/elements/0/placeholder/text too-long',
    ]);
  });

  it('name people and places by their ids', () => {
    expect(act({ type: 'users_select', action_id: 'x.who', initial_user: '@ana' })).toEqual([
      '/blocks/0/elements/0/initial_user not-allowed',
    ]);
    expect(act({ type: 'external_select', action_id: 'x.find', min_query_length: 0 })).toEqual([]);
    expect(checkOptions(many(101, (n) => option(`o${n}`))).map(short)).toEqual(['/options too-many']);
  });
});

describe('questions of a form', () => {
  it('take up to 3,000 characters, within bounds that leave room', () => {
    expect(ask({ type: 'plain_text_input', max_length: 3_001 })).toEqual(['/blocks/0/element/max_length not-allowed']);
    expect(ask({ type: 'plain_text_input', min_length: 9, max_length: 3 })).toEqual(['/blocks/0/element mismatch']);
    expect(ask({ type: 'plain_text_input', max_length: 3, initial_value: 'four' })).toEqual([
      '/blocks/0/element/initial_value too-long',
    ]);
  });

  it('carry numbers as strings', () => {
    expect(ask({ type: 'number_input', is_decimal_allowed: false, min_value: '1' })).toEqual([]);
    expect(ask({ type: 'number_input', is_decimal_allowed: false, min_value: 1 })).toEqual([
      '/blocks/0/element/min_value wrong-type',
    ]);
    expect(ask({ type: 'number_input' })).toEqual(['/blocks/0/element/is_decimal_allowed missing']);
  });

  it('offer at most ten radio buttons or ticks', () => {
    const options = many(11, (n) => option(`o${n}`));
    expect(ask({ type: 'radio_buttons', options })).toEqual(['/blocks/0/element/options too-many']);
    expect(ask({ type: 'checkboxes', options })).toEqual(['/blocks/0/element/options too-many']);
  });

  it('cannot be a button, and have a label of bounded length', () => {
    expect(ask({ type: 'button', text: plain('Go') })).toEqual(['/blocks/0/element/type unknown-type']);
    expect(ask({ type: 'plain_text_input' }, { label: plain('l'.repeat(2_001)) })).toEqual([
      '/blocks/0/label/text too-long',
    ]);
  });
});

describe('rich text', () => {
  it('is made of known pieces', () => {
    const date = {
      type: 'date',
      timestamp: 1_796_630_400,
      format: '{date_short_pretty} at {time}',
      fallback: '2026-12-07',
    };
    const good = [
      { type: 'text', text: 'a', style: { bold: true } },
      { type: 'link', url: 'https://example.com', text: 'b' },
      { type: 'user', user_id: 'U0ANA' },
      { type: 'usergroup', usergroup_id: 'S0LEADS' },
      { type: 'channel', channel_id: 'C0PROMO' },
      { type: 'emoji', name: 'red_circle' },
      date,
    ];
    expect(wrong(rich(...good))).toEqual([]);
    const at = '/blocks/0/elements/0/elements/0';
    expect(wrong(rich({ type: 'marquee' }))).toEqual([`${at}/type unknown-type`]);
    expect(wrong(rich({ type: 'text', text: '' }))).toEqual([`${at}/text too-short`]);
    expect(wrong(rich({ type: 'text', text: 'a', style: { blink: true } }))).toEqual([
      `${at}/style/blink unknown-field`,
    ]);
    expect(wrong(rich({ type: 'user', user_id: 'ana' }))).toEqual([`${at}/user_id not-allowed`]);
    expect(wrong(rich({ ...date, timestamp: 1_796_630_400_000 }))).toEqual([`${at}/timestamp not-allowed`]);
    expect(wrong(rich({ ...date, format: '{hour}' }))).toEqual([`${at}/format not-allowed`]);
    expect(wrong(rich())).toEqual(['/blocks/0/elements/0/elements too-few']);
  });

  it('has lists of sections, quotes, and preformatted text without mentions', () => {
    const section = { type: 'rich_text_section', elements: [{ type: 'text', text: 'a' }] };
    const of = (element: object) => wrong({ type: 'rich_text', elements: [element] });
    expect(of({ type: 'rich_text_list', style: 'bullet', elements: [section], indent: 1 })).toEqual([]);
    expect(of({ type: 'rich_text_list', style: 'dots', elements: [section] })).toEqual([
      '/blocks/0/elements/0/style not-allowed',
    ]);
    expect(of({ type: 'rich_text_quote', elements: section.elements, border: 1 })).toEqual([]);
    expect(of({ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U0ANA' }] })).toEqual([
      '/blocks/0/elements/0/elements/0/type unknown-type',
    ]);
  });
});

describe('sections, context and pictures', () => {
  it('stay within their numbers', () => {
    expect(wrong({ type: 'section' })).toEqual(['/blocks/0 missing']);
    expect(wrong({ type: 'section', fields: many(11, () => plain('f')) })).toEqual(['/blocks/0/fields too-many']);
    expect(wrong({ type: 'section', text: plain('s'.repeat(3_001)) })).toEqual(['/blocks/0/text/text too-long']);
    expect(wrong({ type: 'context', elements: many(11, () => plain('c')) })).toEqual(['/blocks/0/elements too-many']);
  });

  it('show a picture from one place and say what is on it', () => {
    const picture = (more: object) => wrong({ type: 'image', ...more });
    expect(picture({ alt_text: 'p95 rises', image_url: 'https://example.com/a.png' })).toEqual([]);
    expect(picture({ image_url: 'https://example.com/a.png' })).toEqual(['/blocks/0/alt_text missing']);
    expect(picture({ alt_text: 'p95 rises' })).toEqual(['/blocks/0 mismatch']);
    expect(picture({ alt_text: 'p95', slack_file: { id: 'F1' } })).toEqual(['/blocks/0/slack_file/id not-allowed']);
  });
});

describe('tables', () => {
  const cell = (text: string) => ({ type: 'raw_text', text });
  const row = (cells: number) => many(cells, () => cell('x'));
  const data = (more: object) => wrong({ type: 'data_table', caption: 'All', rows: [row(2), row(2)], ...more });

  it('have even rows, at most 100 of 20 cells', () => {
    expect(data({})).toEqual([]);
    expect(data({ rows: [row(2), row(3)] })).toEqual(['/blocks/0/rows/1 mismatch']);
    expect(data({ rows: [row(21), row(21)] })).toEqual(['/blocks/0/rows/0 too-many', '/blocks/0/rows/1 too-many']);
    expect(data({ rows: many(102, () => row(1)) })).toEqual(['/blocks/0/rows too-many']);
    expect(data({ rows: [row(2)] })).toEqual(['/blocks/0/rows too-few']);
    expect(data({ caption: undefined })).toEqual(['/blocks/0/caption missing']);
    expect(data({ page_size: 101 })).toEqual(['/blocks/0/page_size not-allowed']);
    expect(data({ row_header_column_index: 2 })).toEqual(['/blocks/0/row_header_column_index mismatch']);
  });

  it('have numbers that are numbers and a head in plain text', () => {
    expect(data({ rows: [row(1), [{ type: 'raw_number', value: Number.NaN, text: 'NaN' }]] })).toEqual([
      '/blocks/0/rows/1/0/value wrong-type',
    ]);
    expect(data({ rows: [[rich({ type: 'text', text: 'a' })], row(1)] })).toEqual(['/blocks/0/rows/0/0 not-allowed']);
  });

  it('share 10,000 characters in a message, and a plain table stands alone', () => {
    const full = {
      type: 'data_table',
      caption: 'All',
      rows: [[cell('h')], [cell('x'.repeat(2_999))], [cell('x'.repeat(2_001))]],
    };
    expect(wrong(full, full)).toEqual(['/blocks too-long']);
    expect(wrong(full)).toEqual([]);
    expect(wrong({ type: 'table', rows: [row(1)] }, { type: 'table', rows: [row(1)] })).toEqual(['/blocks too-many']);
  });
});

describe('charts', () => {
  const series = (name: string, labels: string[]) => ({ name, data: labels.map((label) => ({ label, value: 1 })) });
  const chart = (more: object) => ({
    type: 'data_visualization',
    title: 'p95',
    chart: { type: 'line', series: [series('a', ['1', '2'])], axis_config: { categories: ['1', '2'] }, ...more },
  });

  it('have up to six series that follow up to twenty categories', () => {
    expect(wrong(chart({}))).toEqual([]);
    expect(wrong(chart({ series: many(7, (n) => series(`s${n}`, ['1', '2'])) }))).toEqual([
      '/blocks/0/chart/series too-many',
    ]);
    expect(wrong(chart({ series: [series('a', ['2', '1'])] }))).toEqual(['/blocks/0/chart/series/0/data mismatch']);
    expect(wrong(chart({ series: many(2, () => series('a', ['1', '2'])) }))).toEqual([
      '/blocks/0/chart/series duplicate',
    ]);
    const labels = many(21, String);
    expect(wrong(chart({ series: [series('a', labels)], axis_config: { categories: labels } }))).toEqual([
      '/blocks/0/chart/series/0/data too-many',
      '/blocks/0/chart/axis_config/categories too-many',
    ]);
    expect(wrong(chart({ series: [series('a'.repeat(21), ['1', '2'])] }))).toEqual([
      '/blocks/0/chart/series/0/name too-long',
    ]);
  });

  it('have segments above zero, and are at most two in a message', () => {
    expect(wrong({ ...chart({}), chart: { type: 'pie', segments: [{ label: 'a', value: 0 }] } })).toEqual([
      '/blocks/0/chart/segments/0/value not-allowed',
    ]);
    expect(wrong(chart({}), chart({}), chart({}))).toEqual(['/blocks too-many']);
  });
});

describe('a view', () => {
  const modal = (more: object) =>
    checkView({ type: 'modal', title: plain('Reject'), blocks: [{ type: 'divider' }], ...more }).map(short);

  it('has a title of 24 characters and at most 100 blocks', () => {
    expect(modal({})).toEqual([]);
    expect(modal({ title: plain('t'.repeat(25)) })).toEqual(['/title/text too-long']);
    expect(modal({ title: undefined })).toEqual(['/title missing']);
    expect(modal({ blocks: many(101, () => ({ type: 'divider' })) })).toEqual(['/blocks too-many']);
    expect(modal({ colour: 'red' })).toEqual(['/colour unknown-field']);
  });

  it('needs a way to send what it asks', () => {
    const blocks = [input({ type: 'plain_text_input' })];
    expect(modal({ blocks })).toEqual(['/submit missing']);
    expect(modal({ blocks, submit: plain('Send') })).toEqual([]);
    expect(checkView({ type: 'home', blocks })).toEqual([]);
  });

  it('bounds what the app hides in it', () => {
    expect(modal({ private_metadata: 'm'.repeat(3_001) })).toEqual(['/private_metadata too-long']);
    expect(modal({ callback_id: 'c'.repeat(256) })).toEqual(['/callback_id too-long']);
  });

  it('holds no tables or charts, one focus, and 250 kB', () => {
    expect(modal({ blocks: [{ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] }] })).toEqual([
      '/blocks/0/type unknown-type',
    ]);
    const focused = input({ type: 'plain_text_input', focus_on_load: true });
    expect(modal({ submit: plain('Send'), blocks: [focused, focused] })).toEqual(['/blocks too-many']);
    const long = rich({ type: 'text', text: 'ä'.repeat(1_500) });
    expect(modal({ blocks: many(90, () => long) })).toEqual([' too-large']);
  });

  it('is a modal or a Home tab', () => {
    expect(checkView({ type: 'popup', blocks: [] }).map(short)).toEqual(['/type not-allowed']);
    expect(checkView('modal').map(short)).toEqual([' wrong-type']);
  });
});
