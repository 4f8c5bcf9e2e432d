### فضاءات المجموعة: مواضيع وردود وحلول.

spaces-title = الفضاءات
spaces-lead = فضاء لكلّ محور عمل: نطرح فيه أسئلتنا ونجيب، ونحفظ ما نجح.
spaces-topics = { $count ->
    [zero] لا مواضيع
    [one] موضوع واحد
    [two] موضوعان
    [few] { $count } مواضيع
    [many] { $count } موضوعًا
   *[other] { $count } موضوع
}
spaces-unanswered = { $count ->
    [zero] لا أسئلة دون جواب
    [one] سؤال واحد دون جواب
    [two] سؤالان دون جواب
    [few] { $count } أسئلة دون جواب
    [many] { $count } سؤالًا دون جواب
   *[other] { $count } سؤال دون جواب
}
spaces-all = كلّ المواضيع
spaces-waiting = دون جواب
spaces-discussions = نقاشات
spaces-new = موضوع جديد
spaces-new-lead = ضعوا الأهمّ في العنوان: سيأتيكم الجواب أسرع.
spaces-empty-title = لا شيء هنا بعد
spaces-empty-text = قد يكون أوّل موضوع منكم.
spaces-form-title = العنوان
spaces-form-body = نصّكم
spaces-form-hint = يمكن استعمال Markdown: **غليظ**، قوائم، روابط.
spaces-form-kind = ما نوعه؟
spaces-kind-question = سؤال
spaces-kind-discussion = نقاش
spaces-form-language = لغة النصّ
spaces-about-module = حول الوحدة
spaces-reply = ردّكم
spaces-sign-in-to-reply = سجّلوا الدخول للردّ
spaces-accept = هذا هو الحلّ
spaces-unaccept = لم يعد هو الحلّ
spaces-hide = إخفاء
flash-topic-started = نُشر موضوعكم.
flash-replied = نُشر ردّكم.
flash-solution = تمّ تسجيل ذلك.
flash-hidden = أُخفي النصّ.
form-too-deep = مستويات متداخلة كثيرة: بسّطوا التنسيق.
error-too-many-posts-title = تكتبون بسرعة
error-too-many-posts-body = انتظروا بضع دقائق قبل إرسال نصّ آخر.

# الأسئلة وصفحة الفضاء
spaces-home = الرئيسيّة
spaces-unsolved = تنتظر حلًّا
spaces-solved = محلولة
spaces-ask = اطرحوا سؤالًا
spaces-waiting-title = أسئلة تنتظر جوابًا
spaces-waiting-text = هل عشتم هذا من قبل؟ يكفي سطران أحيانًا.
spaces-solutions-title = آخر الحلول
spaces-solved-by = الحلّ من
spaces-aside = حول هذا الفضاء
spaces-modules = للتعلّم في هذا المحور
spaces-events = في الرزنامة
spaces-follow = المتابعة
spaces-watch = الجديد في هذا المحور
spaces-seeks = يبحث عن حلّ
spaces-jump = إلى حلّ
spaces-accepted-by = اعتمد هذا الحلَّ
spaces-learned = أتمّ:
spaces-edited = (معدّل)
spaces-post-of = رسالة { $name }
spaces-quote-gone = الرسالة المقتبسة لم تعد ظاهرة.
spaces-me-too = عندي المشكلة نفسها
spaces-closed-text = أُغلق هذا الموضوع: يبقى للقراءة دون ردود جديدة.
spaces-form-tags = كلمات مفتاحيّة
spaces-form-tags-hint = خمس على الأكثر، تفصلها فواصل: ميزانيّة، متطوّعون.
spaces-about-seminar = حول الندوة
error-topic-closed-title = هذا الموضوع مغلق
error-topic-closed-body = لم يعد يقبل ردودًا. افتحوا موضوعًا جديدًا إن كان سؤالكم مختلفًا.
form-newcomer-links = في رسائلكم الأولى رابطان على الأكثر. هذا يحمي المجموعة من الرسائل المزعجة.
form-newcomer-pictures = ستتمكّنون من إدراج الصور بعد رسائلكم الأولى.
# فريق الفضاء وأبوابه
spaces-team = فريق الفضاء
spaces-animators = التنشيط
spaces-no-animators = لا أحد ينشّط هذا الفضاء بعد.
spaces-entrust = إسناد التنشيط
spaces-entrust-now = إسناد
spaces-nominated-by = باقتراح من الجمعيّة
spaces-nominated-hint = العنوان المختصر للجمعيّة كما يظهر في الدليل.
spaces-mandate-until = المهمّة إلى غاية
spaces-mandate-end = إنهاء المهمّة
spaces-doors = من يمكنه القراءة
spaces-visibility = الانفتاح
spaces-visibility-public = الجميع
spaces-visibility-members = من سجّلوا الدخول
spaces-visibility-invitation = بدعوة
spaces-languages = لغات الفضاء
spaces-invited = المدعوّون
spaces-nobody-invited = لا أحد بعد.
spaces-invite = دعوة
spaces-uninvite = سحب الدعوة
error-nobody-of-this-address-title = لا نعرف هذا العنوان
error-nobody-of-this-address-body = تثبّتوا من العنوان: يجب أن يكون لصاحبه حساب نشط.
spaces-documents = صندوق الأدوات
spaces-fiche = بطاقة الحلّ في صندوق الأدوات
spaces-promote = اجعلوا منه بطاقة حلّ

# الكتابة معًا
spaces-edit = تعديل النصّ
spaces-edit-lead = تبقى النسخة السابقة مقروءة للجميع.
spaces-preview = معاينة
spaces-preview-show = عرض المعاينة
spaces-history = نسخ النصّ
spaces-history-lead = ما كانت تقوله هذه الرسالة قبل تعديلها.
spaces-history-until = إلى غاية
spaces-history-now = الآن
spaces-quote = اقتباس
spaces-quoting = أنتم تردّون على
spaces-quote-drop = دون اقتباس
spaces-draft-keep = احفظوا المسودّة
spaces-draft-kept = مسودّتكم كانت في انتظاركم.
spaces-more = المزيد
spaces-react = التفاعل مع هذه الرسالة
spaces-reaction-thanks = شكرًا
spaces-reaction-useful = مفيد
spaces-reaction-same = عندنا أيضًا
spaces-reaction-brave = أحسنتم
flash-draft = حُفظت المسودّة.
# العناية بالموضوع
spaces-care = العناية بالموضوع
spaces-pin = تثبيت
spaces-unpin = إلغاء التثبيت
spaces-close = إغلاق
spaces-reopen = إعادة الفتح
spaces-show-in = إظهاره أيضًا في
spaces-show-in-text = يُحسب الموضوع مرّة واحدة، في فضائه.
spaces-move = نقل
spaces-move-text = سيقود الرابط القديم إلى المكان الجديد.
spaces-move-to = إلى الفضاء
spaces-merge = دمج
spaces-merge-text = تلتحق الرسائل بالموضوع الآخر حسب ترتيبها، ويقود إليه الرابط القديم.
spaces-merge-into = عنوان الموضوع الآخر
spaces-split = فصل
spaces-split-text = تصير الرسائل المختارة موضوعًا جديدًا تفتتحه أقدمها.
spaces-split-which = الرسائل
error-care-choice-title = ينقص اختيار
error-care-choice-body = عودوا وحدّدوا المكان أو الرسائل.
error-split-fiche-title = بطاقة مرتبطة بهذه الرسالة
error-split-fiche-body = الرسالة التي صارت بطاقة حلّ تبقى في نقاشها.
# الإشراف
spaces-flag = إبلاغ
spaces-flag-why = ما المشكل؟
spaces-flag-note = وضّحوا إن شئتم
spaces-hide-why = السبب، ويُبلَّغ به الكاتب
spaces-reason-spam = إشهار أو مزعج
spaces-reason-insult = شتم أو كراهية
spaces-reason-private = معطيات شخصيّة
spaces-reason-danger = يعرّض أحدًا للخطر
spaces-reason-wrong = معلومة خاطئة
spaces-reason-other = شيء آخر
spaces-moderation = الإشراف
spaces-moderation-lead = ما أبلغ عنه الأعضاء في الفضاءات التي تنشّطونها.
spaces-flagged = بلاغات
spaces-nothing-flagged = لا شيء للنظر فيه. شكرًا على سهركم.
spaces-dismiss = يبقى في مكانه
spaces-appeals = طلبات إعادة النظر
spaces-no-appeals = لا طلبات.
spaces-restore = إعادته إلى الظهور
spaces-keep-hidden = يبقى مخفيًّا
spaces-texts = نصوصي المخفيّة
spaces-texts-lead = لماذا أُخفيت، وكيف تطلبون إعادة النظر.
spaces-texts-none = لا نصوص مخفيّة
spaces-texts-none-text = كلّ ما كتبتموه ظاهر.
spaces-appeal = لماذا ينبغي أن يعود هذا النصّ؟
spaces-appeal-send = طلب إعادة النظر
spaces-appealed = طلبكم لدى المنشّطين.
flash-flagged = شكرًا: سينظر المنشّطون في الأمر.
flash-appealed = أُرسل طلبكم.
error-appealed-title = لقد طلبتم ذلك من قبل
error-appealed-body = سيجيب المنشّطون: طلب واحد يكفي.
spaces-mail-hidden-subject = أُخفي أحد نصوصكم
spaces-mail-hidden-body = مرحبًا { $name }،

    أخفى فريق التنشيط أحد نصوصكم في « { $heading } ». يمكنكم قراءة السبب وطلب إعادة النظر.
spaces-mail-hidden-action = قراءة السبب
spaces-mail-restored-subject = عاد نصّكم إلى الظهور
spaces-mail-restored-body = مرحبًا { $name }،

    بعد إعادة النظر، عاد نصّكم في « { $heading } » إلى الظهور.
spaces-mail-restored-action = نصوصي
spaces-mail-refused-subject = يبقى نصّكم مخفيًّا
spaces-mail-refused-body = مرحبًا { $name }،

    نظر الفريق من جديد في نصّكم في « { $heading } »: يبقى مخفيًّا.
spaces-mail-refused-action = نصوصي

# الصور
spaces-pictures = صور لنصوصكم
spaces-pictures-lead = أرسلوا صورة ثمّ ألصقوا سطرها في رسالتكم.
spaces-pictures-add = إضافة صورة
spaces-pictures-drop = اختاروا صورة أو أفلتوها هنا
spaces-pictures-hint = JPEG أو PNG أو WebP، إلى حدّ 20 م.ب. يُمحى منها المكان والجهاز.
spaces-pictures-words = ماذا يظهر فيها
spaces-pictures-words-hint = لمن لا يراها.
spaces-pictures-latest = آخر صوركم
spaces-pictures-copy = انسخوا السطر وألصقوه حيث تريدون الصورة.
spaces-pictures-line = السطر الذي يُلصق
flash-picture = الصورة جاهزة.
spaces-no-talk = لم يتحدّث عنه أحد هنا بعد.
form-newcomer-files = تتاح الملفّات بعد رسائلك الأولى.
spaces-files = ملفّات لنصوصك
spaces-files-lead = أرسل ملفًّا ثمّ ألصق سطره في رسالتك.
spaces-files-add = إرفاق ملفّ
spaces-files-drop = اختر ملفًّا أو ضعه هنا
spaces-files-hint = ملفّ PDF أو نصّ أو جدول أو عرض، إلى حدّ 50 ميغابايت. أمّا النموذج الذي تريد مشاركته فمكانه صندوق الأدوات.
spaces-files-latest = آخر ملفّاتك
spaces-files-copy = انسخ السطر وألصقه حيث يظهر الملفّ.
flash-file = الملفّ جاهز.
