### حول الندوة: ملفّات وتعهّدات وندوات دون موعد

handouts-title = الوثائق
handouts-of = وثائق: { $name }
handouts-there = ما يوزّع
handouts-none = لا ملفّات بعد.
handouts-seats-only = للمسجّلين
handouts-remove = سحب
handouts-add = إضافة وثيقة
handouts-label = اسم الوثيقة
handouts-phase = توزّع
handouts-phase-before = من الآن
handouts-phase-during = منذ اللقاء الأوّل
handouts-phase-after = بعد انتهاء الندوة
handouts-file = اختر ملفًّا أو ضعه هنا
handouts-file-hint = ملفّ PDF أو نصّ أو جدول أو عرض أو صورة أو صوت أو فيديو، إلى حدّ 50 ميغابايت.
handouts-document = … أو وثيقة من صندوق الأدوات
handouts-document-hint = ألصق عنوانها.
handouts-for-seats = للمسجّلين فقط
handouts-do = إضافة
flash-handout-added = أضيفت الوثيقة.
flash-handout-removed = سُحبت الوثيقة.
form-no-document = لا وثيقة ظاهرة في هذا العنوان.
field-label = اسم الوثيقة
field-document = الوثيقة
error-too-many-handouts-title = الوثائق كثيرة
error-too-many-handouts-body = اسحب واحدة قبل إضافة أخرى.

commitments-title = التعهّدات
commitments-of = تعهّدات: { $name }
commitments-mine = ما سأفعله
commitments-seen-by = تراه أنت ومنسّقو جمعيّتك وفريق الندوة.
commitments-until = إلى غاية
commitments-done = أُنجز
commitments-late = في حاجة إلى متابعة
commitments-outcome = ما الذي تحقّق
commitments-say-done = أنجزته
commitments-remove = سحب
commitments-body = ما سأفعله
commitments-body-hint = أمر ملموس: «دعوة الهيئة المديرة وتحديد موعد الجلسة العامّة».
commitments-within = في أجل
commitments-months = { $count ->
    [zero] { $count } شهر
    [one] شهر واحد
    [two] شهران
    [few] { $count } أشهر
    [many] { $count } شهرًا
   *[other] { $count } شهر
}
commitments-make = أتعهّد
commitments-all = ما سيفعله المشاركون
commitments-none = لا تعهّدات بعد
commitments-none-text = بعد كلّ ندوة يقول كلّ مشارك ما سيفعله خلال ثلاثة أشهر.
commitments-organisation-lead = ما قرّر أعضاء جمعيّتكم فعله بعد الندوات.
commitments-trainers = من يراها أيضًا
commitments-trainers-text = يقرأ المدرّبون المذكورون هنا التعهّدات ويضيفون الوثائق.
commitments-trainer-email = عنوان المدرّب أو المدرّبة
commitments-trainer-name = إضافة
commitments-trainer-remove = سحب
flash-commitment-made = سُجّل تعهّدك، وستصلك رسالة للتذكير.
flash-commitment-done = أحسنت، سُجّل ذلك.
flash-commitment-removed = سُحب التعهّد.
flash-trainer-named = صار يرى التعهّدات.
flash-trainer-removed = لم يعد يراها.
error-too-many-commitments-title = خمسة تعهّدات على الأكثر
error-too-many-commitments-body = أنجز واحدًا أو اسحبه قبل أن تضيف آخر.
seminars-mail-commitment-subject = تعهّدك: { $title }
seminars-mail-commitment-body = مرحبًا { $name }،

    بعد «{ $title }» قرّرت: { $body }

    إلى غاية { $at }. إلى أين وصلت؟
seminars-mail-commitment-action = أقول إلى أين وصلت
organisations-tab-commitments = التعهّدات

plans-title = قريبًا، دون موعد
plans-none = لا شيء قيد الإعداد.
plans-new = إعلان دون موعد
plans-new-lead = قل ما يُعدّ: سترى من سيأتي ومن أيّ جهة.
plans-field-title = العنوان
plans-field-summary = الموضوع
plans-field-language = اللغة
plans-field-axis = المحور
plans-announce = إعلان
plans-no-date = دون موعد الآن
plans-wanted = { $count ->
    [zero] لا أحد في الانتظار بعد
    [one] شخص واحد في الانتظار
    [two] شخصان في الانتظار
    [few] { $count } أشخاص في الانتظار
    [many] { $count } شخصًا في الانتظار
   *[other] { $count } شخص في الانتظار
}
plans-dates = المواعيد
plans-ask-title = هل يهمّك ذلك؟
plans-ask-text = قل ذلك: كلّما كثر المهتمّون في جهة اقترب الموعد.
plans-ask = أخبروني عند تحديد موعد
plans-asked = سُجّل طلبك: ستصلك رسالة حالما يحدّد موعد قريب منك.
plans-staff = للفريق
plans-by-region = المنتظرون حسب الجهات
plans-people = الأشخاص
plans-nobody = لا أحد في الانتظار الآن.
plans-no-region = دون جهة
plans-set-date = تحديد موعد
plans-close = التوقّف عن العرض
flash-plan-made = تمّ الإعلان.
flash-plan-closed = لم يعد معروضًا.
seminars-mail-plan-subject = تحدّد الموعد: { $title }
seminars-mail-plan-body = مرحبًا { $name }،

    صار لـ«{ $title }» موعد. طلبت أن نخبرك.
seminars-mail-plan-action = الموعد
