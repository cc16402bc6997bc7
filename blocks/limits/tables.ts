import {
  all,
  byType,
  type Check,
  type Fields,
  fault,
  finite,
  flag,
  isObject,
  list,
  listOf,
  oneOf,
  shape,
  text,
  whole,
} from './check.ts';
import { richText } from './rich-text.ts';
import { blockId } from './text-objects.ts';

/** Slack counts 10,000 characters over all cells of the data tables of one message. */
export const tableCharactersMax = 10_000;

const plainCells: Fields = {
  raw_text: shape({ needs: { text: text(3_000, 0) } }),
  raw_number: shape({ needs: { value: finite, text: text(3_000) } }),
};
const cell = byType({ ...plainCells, rich_text: richText });

const evenRows: Check = (value, pointer) => {
  if (!isObject(value) || !Array.isArray(value.rows)) return [];
  const lengths = value.rows.map((row) => (Array.isArray(row) ? row.length : 0));
  return lengths.flatMap((length, place) =>
    length === lengths[0]
      ? []
      : [
          fault(`${pointer}/rows/${place}`, 'mismatch', {
            words: `has ${length} cells, the first row has ${lengths[0]}`,
            limit: lengths[0] ?? 0,
            got: length,
          }),
        ],
  );
};

const plainHead: Check = (value, pointer) => {
  if (!isObject(value) || !Array.isArray(value.rows)) return [];
  return listOf(value.rows[0]).flatMap((head, place) =>
    head.type === 'rich_text'
      ? [fault(`${pointer}/rows/0/${place}`, 'not-allowed', 'is rich text, a head cell is plain')]
      : [],
  );
};

const headColumnExists: Check = (value, pointer) => {
  if (!isObject(value) || !Array.isArray(value.rows) || typeof value.row_header_column_index !== 'number') return [];
  const columns = Array.isArray(value.rows[0]) ? value.rows[0].length : 0;
  return value.row_header_column_index < columns
    ? []
    : [
        fault(
          `${pointer}/row_header_column_index`,
          'mismatch',
          `names column ${value.row_header_column_index} of ${columns}`,
        ),
      ];
};

export const tables: Fields = {
  table: all(
    shape({
      needs: { rows: list(list(cell, 20), 100) },
      may: {
        block_id: blockId,
        column_settings: list(shape({ may: { align: oneOf('left', 'center', 'right'), is_wrapped: flag } }), 20),
      },
    }),
    evenRows,
  ),
  data_table: all(
    shape({
      needs: { caption: text(150), rows: list(list(cell, 20), 101, 2) },
      may: { block_id: blockId, page_size: whole(1, 100), row_header_column_index: whole(0, 19) },
    }),
    evenRows,
    plainHead,
    headColumnExists,
  ),
};

/** Characters in the cells of one table, rich text included. */
export function tableCharacters(table: unknown): number {
  if (!isObject(table) || !Array.isArray(table.rows)) return 0;
  return table.rows.flatMap((row) => listOf(row)).reduce((sum, one) => sum + cellCharacters(one), 0);
}

function cellCharacters(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + cellCharacters(one), 0);
  if (!isObject(value)) return 0;
  const own = typeof value.text === 'string' ? value.text.length : 0;
  return own + cellCharacters(value.elements);
}
