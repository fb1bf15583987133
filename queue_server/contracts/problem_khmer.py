"""What went wrong, in Khmer: written without a native speaker, so it needs native review.

Whoever reads a kiosk or a phone in Khmer is refused in Khmer, too. Blanks stand between phrases,
because lines break there and nowhere else.
"""

from __future__ import annotations

NEEDS_NATIVE_REVIEW = True

KHMER = {
    "unknown_service": "គ្មានសេវានេះទេ",
    "unknown_counter": "គ្មានបញ្ជរនេះទេ",
    "unknown_ticket": "គ្មានប័ណ្ណនេះទេ",
    "unknown_profile": "បញ្ជរនេះ គ្មានក្រុមការងារនោះទេ",
    "unknown_appointment": "គ្មានការណាត់នេះទេ",
    "not_bookable": "ម៉ោងនេះកក់មិនបានទេ សូមជ្រើសម៉ោងផ្សេង",
    "unknown_dossier": "គ្មានសំណុំរឿងនេះទេ",
    "not_fileable": "សំណុំរឿងនេះ ដាក់បែបនេះមិនទាន់បានទេ",
    "wrong_answers": "មានចំណុចមិនទាន់បំពេញ ឬបំពេញមិនត្រឹមត្រូវ",
    "too_many": "ផ្ញើសំណើច្រើនពេក សូមសាកម្តងទៀត បន្តិចក្រោយ",
    "illegal_move": "ឥឡូវនេះ ធ្វើបែបនេះមិនបានទេ",
    "counter_busy": "បញ្ជរកំពុងហៅអ្នកម្នាក់ សូមបញ្ចប់សិន",
    "stale_version": "ទិន្នន័យទើបតែប្តូរ សូមផ្ទុកឡើងវិញ រួចសាកម្តងទៀត",
    "key_reused": "កូនសោ Idempotency-Key បានប្រើសម្រាប់សំណើផ្សេង",
    "key_missing": "ខ្វះកូនសោ Idempotency-Key",
    "limit_reached": "ថ្ងៃនេះ លោកអ្នកយកលេខគ្រប់ចំនួនហើយ សូមជួបមន្ត្រី នៅតុណែនាំ",
    "numbers_exhausted": "ថ្ងៃនេះ សេវានេះអស់លេខហើយ សូមសួរមន្ត្រី",
    "number_not_leased": "លេខនេះ មិនមែនរបស់ម៉ាស៊ីននេះទេ",
    "office_closed": "ឥឡូវនេះ ការិយាល័យមិនធ្វើការទេ",
    "undo_expired": "ហួសពេល ត្រឡប់វិញហើយ",
    "recall_limit": "ហៅគ្រប់ចំនួនហើយ",
    "not_eligible": "បញ្ជរនេះ មិនទាន់អាចហៅប័ណ្ណនេះទេ",
    "personal_note": "មិនទាន់រក្សាទុក៖ សូមលុបលេខអត្តសញ្ញាណ លេខទូរស័ព្ទ អ៊ីមែល រួចរក្សាទុកម្តងទៀត",
    "stale_key_press": "ចុចយឺតពេក មិនបានអនុវត្តទេ សូមចុចម្តងទៀត",
    "rules_untried": "មិនទាន់រក្សាទុក៖ សូមសាកវិធាននេះ ជាមួយថ្ងៃចុងក្រោយសិន",
    "malformed": "អានសំណើនេះមិនបាន",
    "not_signed_in": "ត្រូវចូលគណនីសិន",
    "not_allowed": "គណនីនេះ មិនត្រូវបានអនុញ្ញាតទេ",
    "not_found": "រកមិនឃើញ",
    "store_unavailable": "មិនទាន់រក្សាទុកបានទេ សូមសាកម្តងទៀត បន្តិចក្រោយ",
    "still_counting": "កំពុងគណនាទិន្នន័យ ថ្ងៃមុនៗ សូមសាកម្តងទៀត បន្តិចក្រោយ",
    "internal": "ម៉ាស៊ីនបម្រើមានបញ្ហា បានប្រាប់មន្ត្រីហើយ",
}
"""By the code of the problem."""
