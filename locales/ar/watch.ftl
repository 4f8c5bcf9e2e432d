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
watch-entry-module = وحدة جديدة: { $heading }
watch-entry-seminar = ندوة: { $heading }
watch-entry-question = سؤال: { $heading }
watch-entry-discussion = نقاش: { $heading }
watch-entry-solution = حلّ وُجد: { $heading }
watch-kind-document = وثيقة جديدة
watch-entry-document = وثيقة: { $heading }
watch-feed-title-view = حلقة: { $view }
watch-view-all = كلّ جديد
watch-view-words = «{ $words }»
watch-view-comma = ،
watch-kinds-question = أسئلة
watch-kinds-solution = حلول
watch-kinds-discussion = نقاشات
watch-kinds-module = وحدات
watch-kinds-seminar = ندوات
watch-kinds-document = وثائق
watch-any-language = كلّ اللغات
watch-narrow = تدقيق
watch-words = كلمات
watch-words-hint = في العنوان أو الكلمات المفتاحية.
watch-show = اعرض
watch-save = احفظوا هذا البحث: يصير تنبيهًا وخلاصة.
watch-save-all = تابعوا كلّ جديد، أو محورًا أو نوعًا أو كلمات فقط.
watch-kinds = النوع
watch-language = اللغة
watch-kind-outside = من مواقع أخرى
watch-kinds-outside = نداءات وأخبار من مواقع أخرى
watch-entry-outside = من موقع آخر: { $heading }
watch-entry-show = اعرضه للجميع
watch-entry-leave = اتركه جانبًا
watch-sources = خلاصات من مواقع أخرى
watch-sources-lead = نداءات لتمويل المشاريع وأخبار الشركاء: أنتم تختارون الخلاصات التي تُقرأ هنا وما يُعرض منها.
watch-sources-waiting = في انتظار اختياركم
watch-sources-read = الخلاصات المقروءة
watch-sources-none = لا توجد خلاصات بعد.
watch-source-fetched = قُرئت في
watch-source-automatic = يُعرض كلّ شيء
watch-source-stopped = متوقّفة
watch-source-choose = الاختيار واحدًا واحدًا
watch-source-through = عرض كلّ شيء
watch-source-through-hint = عرض ما يصل دون انتظار اختياري
watch-source-start = قراءتها من جديد
watch-source-stop = إيقاف قراءتها
watch-source-propose = اقتراح خلاصة
watch-source-address = عنوان الخلاصة (RSS أو Atom)
watch-source-address-hint = يبدأ بـ https://.
watch-source-axis = المحور
watch-source-no-axis = كلّ المحاور
watch-source-title = اسم الخلاصة
watch-source-look = الاطّلاع أوّلًا
watch-source-add = قراءة هذه الخلاصة
watch-source-preview = { $count ->
    [zero] هذه الخلاصة فارغة الآن.
    [one] في هذه الخلاصة مدخل واحد.
    [two] في هذه الخلاصة مدخلان.
    [few] في هذه الخلاصة { $count } مداخل، وهذه أحدثها.
    [many] في هذه الخلاصة { $count } مدخلًا، وهذه أحدثها.
   *[other] في هذه الخلاصة { $count } مدخل، وهذه أحدثها.
}
watch-source-failures = { $count ->
    [zero] (دون محاولات فاشلة)
    [one] (محاولة فاشلة واحدة)
    [two] (محاولتان فاشلتان)
    [few] ({ $count } محاولات فاشلة)
    [many] ({ $count } محاولة فاشلة)
   *[other] ({ $count } محاولة فاشلة)
}
watch-fault-refused = ليس هذا عنوانًا نتّصل به.
watch-fault-unreachable = الموقع لا يجيب.
watch-fault-status = الموقع يجيب بغير خلاصته.
watch-fault-too-large = الخلاصة كبيرة جدًّا (2 ميغابايت على الأكثر).
watch-fault-not-a-feed = ليست هذه خلاصة RSS أو Atom.
form-no-feed = لا توجد خلاصة RSS أو Atom في هذا العنوان.
form-feed-too-large = هذه الخلاصة كبيرة جدًّا (2 ميغابايت على الأكثر).
form-no-answer = هذا العنوان لا يعطي خلاصة: تثبّتوا منه.
flash-source-added = ستُقرأ الخلاصة بعد لحظات.
error-source-known-title = هذه الخلاصة مقروءة من قبل
error-source-known-body = هي في قائمة الخلاصات من المواقع الأخرى.
