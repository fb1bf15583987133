import assert from "node:assert/strict";
import { test } from "node:test";
import { kindOf, labelOf, lineOf, valueOf } from "../../../queue_server/web/src/admin_labels";

test("a field is called as its form calls it", () => {
  assert.equal(
    labelOf("targets.good_min", "vi"),
    "Chỉ tiêu thời gian chờ: Chờ trung bình không quá (phút)",
  );
  assert.equal(labelOf("services CT.name_en", "en"), "Service CT: English name");
  assert.equal(labelOf("counters 1.services", "vi"), "Quầy 1: Lĩnh vực phục vụ");
  assert.equal(labelOf("devices kiosk-3", "vi"), "Thiết bị kiosk-3");
});

test("values are said as people say them", () => {
  assert.equal(valueOf("targets.good_min", "12.5", "vi"), "12,5");
  assert.equal(valueOf("targets.good_min", "15.0", "vi"), "15");
  assert.equal(valueOf("reports.staff", "–", "en"), "none");
  assert.equal(valueOf("reports.service_direction", "at_least", "vi"), "tối thiểu");
  assert.equal(
    valueOf("office.sessions", "start 07:00:00; end 11:00:00, start 13:00:00; end 17:00:00", "vi"),
    "07:00–11:00, 13:00–17:00",
  );
  assert.equal(valueOf("devices kiosk-3", "id kiosk-3; role kiosk", "vi"), "Mã kiosk-3; Vai trò Ki-ốt");
});

test("a line of the record is read in both languages, and an unknown one stays", () => {
  assert.equal(lineOf("reports.staff: – → 6", "en"), "Reports: Clerks: none → 6");
  assert.equal(lineOf("2.000884 name_en: Old → New", "vi"), "Thủ tục 2.000884: tên tiếng Anh: Old → New");
  assert.equal(lineOf("something else", "vi"), "something else");
});

test("a kind of decision is said in words", () => {
  assert.equal(kindOf("CatalogueChanged", "catalogue 3: imported", "vi"), "danh mục thủ tục, phiên bản 3: nhập từ tệp");
  assert.equal(kindOf("SettingsChanged", "settings", "en"), "changed the settings");
});
