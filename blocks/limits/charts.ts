import { all, byType, type Check, distinct, fault, finite, isObject, list, listOf, shape, text } from './check.ts';
import { blockId } from './text-objects.ts';

const label = text(20);
const axis = text(50);

/** Every series has one value for each category, in the same order, and every name stands once. */
const seriesFollowCategories: Check = (value, pointer) => {
  if (!isObject(value) || !isObject(value.axis_config)) return [];
  const categories = Array.isArray(value.axis_config.categories) ? value.axis_config.categories : [];
  const series = listOf(value.series);
  const outOfStep = series.flatMap((one, place) => {
    const labels = listOf(one.data).map((point) => point.label);
    return JSON.stringify(labels) === JSON.stringify(categories)
      ? []
      : [fault(`${pointer}/series/${place}/data`, 'mismatch', 'does not follow the categories one by one')];
  });
  const names = series.map((one) => one.name);
  return [
    ...outOfStep,
    ...distinct(names, `${pointer}/series`, 'series name'),
    ...distinct(categories, `${pointer}/axis_config/categories`, 'category'),
  ];
};

const slice = shape({ needs: { label, value: finite } });
const positive: Check = (value, pointer) =>
  listOf(isObject(value) ? value.segments : undefined).flatMap((one, place) =>
    typeof one.value === 'number' && one.value <= 0
      ? [
          fault(`${pointer}/segments/${place}/value`, 'not-allowed', {
            words: `is ${one.value}, a segment is above zero`,
            limit: 0,
            got: one.value,
          }),
        ]
      : [],
  );

const overCategories = all(
  shape({
    needs: {
      series: list(shape({ needs: { name: label, data: list(shape({ needs: { label, value: finite } }), 20) } }), 6),
      axis_config: shape({ needs: { categories: list(label, 20) }, may: { x_label: axis, y_label: axis } }),
    },
  }),
  seriesFollowCategories,
);

/** Slack's native chart block of June 2026; its typing is not in `@slack/types` yet. */
export const chart: Check = shape({
  needs: {
    title: text(50),
    chart: byType({
      line: overCategories,
      bar: overCategories,
      area: overCategories,
      pie: all(shape({ needs: { segments: list(slice, 6) } }), positive),
    }),
  },
  may: { block_id: blockId },
});
