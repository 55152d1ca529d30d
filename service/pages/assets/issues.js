// The issues of an answer in plain words. What is not listed here is said in the words of the service.

import { _ } from "./words.js";

/** Say an issue in a sentence. */
export function issueWords(code) {
  return {
    ambiguous_date: _("Day and month cannot be told apart."),
    ambiguous_label: _("The label stands for more than one thing."),
    contradiction: _("The text says two things that do not agree."),
    deprecated_code: _("The code is out of use."),
    invalid_date: _("There is no such day."),
    invalid_identifier: _("The identifier breaks the rules of its kind."),
    license_impossible: _("There is no licence with these elements."),
    license_incomplete: _("The text does not say enough to tell one licence."),
    mapped_to_broader: _("The nearest concept is a broader one."),
    not_a_license: _("The statement is no licence."),
    other_calendar: _("The date is of another calendar."),
    partly_read: _("A part of the text was not understood."),
    port_impossible: _("The licence was never adapted to this country."),
    repaired: _("Damage was mended before reading."),
    retired_license: _("The licence has been retired."),
    scope_metadata_only: _("The statement is about the metadata, not about the work."),
    settled_by_locale: _("The language decided between several readings."),
    unread_part: _("A part of the text was not understood."),
    version_impossible: _("There is no such version of the licence."),
    version_missing: _("The version of the licence is not stated."),
  }[code] ?? "";
}
