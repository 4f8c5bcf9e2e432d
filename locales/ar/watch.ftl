### اليقظة: ما الجديد.

watch-title = الجديد
watch-lead = ما نشره أعضاء الحلقة وما أعلنوا عنه وما سألوا عنه وما وجدوا له حلًّا، يومًا بيوم.
watch-feed = اشترك في الخلاصة (Atom)
watch-all = الكلّ
watch-empty = لا جديد هنا إلى حدّ الآن
watch-empty-text = ما إن تصدر وحدة أو يُعلَن عن ندوة أو يجد سؤالٌ حلّه حتّى تراه هنا.
watch-kind-module = وحدة جديدة
watch-kind-seminar = إعلان عن ندوة
watch-kind-question = سؤال مطروح
watch-kind-discussion = نقاش مفتوح
watch-kind-solution = حلّ وُجد
watch-feed-title = حلقة: الجديد
watch-feed-title-axis = حلقة: الجديد، { $axis }
watch-entry-module = وحدة جديدة: { $heading }
watch-entry-seminar = ندوة: { $heading }
watch-entry-question = سؤال: { $heading }
watch-entry-discussion = نقاش: { $heading }
watch-entry-solution = حلّ وُجد: { $heading }
