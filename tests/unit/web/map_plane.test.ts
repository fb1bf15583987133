import assert from "node:assert/strict";
import { test } from "node:test";
import { planeOf } from "../../../queue_server/web/src/map_plane";

const CAN_THO = { latitude: 10.0342, longitude: 105.7883 };
const CAI_RANG = { latitude: 10.0008, longitude: 105.751 };

test("north is up, east is right, and everything lies within the margin", () => {
  const plane = planeOf([CAN_THO, CAI_RANG], 600, 90);
  const one = plane.at(CAN_THO);
  const other = plane.at(CAI_RANG);
  assert.ok(one.y < other.y && one.x > other.x);
  for (const { x, y } of [one, other]) {
    assert.ok(x >= 89.9 && x <= 510.1 && y >= 89.9 && y <= 510.1);
  }
});

test("a kilometre is as long to the east as to the north", () => {
  const plane = planeOf([CAN_THO, CAI_RANG], 600, 90);
  const origin = plane.at(CAN_THO);
  const north = plane.at({ ...CAN_THO, latitude: CAN_THO.latitude + 1 / 111.32 });
  const shrink = Math.cos((10.0175 * Math.PI) / 180);
  const east = plane.at({ ...CAN_THO, longitude: CAN_THO.longitude + 1 / 111.32 / shrink });
  const perKm = plane.scale.units / plane.scale.km;
  assert.ok(Math.abs(origin.y - north.y - perKm) < 1e-6);
  assert.ok(Math.abs(east.x - origin.x - perKm) < 1e-6);
});

test("one office alone stands in the middle", () => {
  assert.deepEqual(planeOf([CAN_THO], 600, 90).at(CAN_THO), { x: 300, y: 300 });
});
