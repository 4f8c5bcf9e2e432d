### ما تشترك فيه كلّ الصفحات: الإطار والأزرار والحالات والأخطاء والاستقبال.

web-brand = حلقة
web-skip = انتقل إلى المحتوى
web-nav-label = التصفّح الرئيسي
web-nav-home = الاستقبال
web-nav-modules = تعلّم
web-nav-spaces = فضاءات
web-nav-seminars = مواعيد
web-nav-organisations = دليل
web-nav-watch = الجديد
web-nav-admin = قيادة
web-language = تغيير اللغة
web-language-short = ع
web-account = فضائي
web-account-of = حساب { $name }
web-sign-in = تسجيل الدخول
web-sign-out = تسجيل الخروج
web-footer = حلقة، حيث تتعلّم الجمعيات بعضها من بعض.
web-footer-made = برنامج حرّ، صُنع في تونس
web-crumbs = مسار الصفحة
web-tabs = أقسام
web-pages = صفحات القائمة

## الأفعال
web-save = حفظ
web-back = رجوع
web-next = التالي
web-previous = السابق
web-resume = استئناف
web-start = ابدأ
web-edit = تعديل
web-send = إرسال
web-search = بحث
web-see-all = عرض الكلّ
web-form-errors = { $count ->
    [zero] لا شيء للتصحيح
    [one] هناك نقطة واحدة للتصحيح
    [two] هناك نقطتان للتصحيح
    [few] هناك { $count } نقاط للتصحيح
    [many] هناك { $count } نقطة للتصحيح
   *[other] هناك { $count } نقطة للتصحيح
}

## الحالات
web-progress = التقدّم
web-progress-estimated = تقدير: هذه الوحدة لا تقيس التقدّم.
web-state-not-started = لم تبدأ
web-state-in-progress = جارية
web-state-completed = مكتملة
web-state-passed = ناجحة
web-state-failed = تُعاد
web-condition-met = شرط متوفّر
web-condition-missing = شرط غير متوفّر بعد
web-door-open = مفتوحة لك
web-door-registered = تمّ تسجيلك
web-door-closed = { $count ->
    [zero] لم تبق أيّ خطوة
    [one] بقيت خطوة واحدة
    [two] بقيت خطوتان
    [few] بقيت { $count } خطوات
    [many] بقيت { $count } خطوة
   *[other] بقيت { $count } خطوة
}
web-seats-left = { $count ->
    [zero] لا مقاعد شاغرة
    [one] مقعد واحد
    [two] مقعدان
    [few] { $count } مقاعد
    [many] { $count } مقعدًا
   *[other] { $count } مقعد
}
web-replies = { $count ->
    [zero] ردّ
    [one] ردّ
    [two] ردّان
    [few] ردود
    [many] ردًّا
   *[other] ردّ
}
web-topic-solved = تمّ الحلّ
web-topic-solution = الحلّ

## الاستقبال
web-home-title = الجمعيات تتعلّم بعضها من بعض
web-home-lead = وحدات قصيرة أعدّها أهل الميدان، تفتح لك باب الندوات القريبة منك، ويتواصل بعدها الحوار بين الجمعيات.
web-home-start = اكتشف الوحدات
web-home-agenda = اطّلع على المواعيد
web-home-how = كيف تعمل حلقة
web-home-learn = تعلّم على مهلك
web-home-learn-text = على الهاتف أو الحاسوب، حتى عند انقطاع الشبكة: لا يضيع شيء ممّا أنجزته.
web-home-meet = افتح باب ندوة
web-home-meet-text = أنجز وحدة أو وحدتين ومقعدك في انتظارك. ترى دائمًا ما بقي عليك.
web-home-share = شارك ما نجح معك
web-home-share-text = اطرح أسئلتك، وأجب عن أسئلة غيرك، واترك نماذجك لمن يحتاجها.
web-home-hello = مرحبًا، { $name }
web-home-hello-lead = هنا توقّفت، وهذا ما ينتظرك.
web-home-resume = واصل من حيث توقّفت
web-home-last = آخر زيارة: { $at }
web-home-modules = وحدات للاكتشاف
web-home-seminars = الندوات القادمة
web-home-topics = حديث الحلقة الآن
web-home-yours = ما يخصّك
web-home-seats = مواعيدك القادمة
web-home-modules-yours = الوحدات
web-home-door-coordinates = أعضاء منظّمتك وتقدّمهم
web-home-door-member = منظّمتك
web-home-door-teach = الرفع والنشر وقراءة التقارير
web-home-door-animates = الفضاء الذي تنشّطه
web-home-door-staff = الأشخاص والمنظّمات والندوات

## الأخطاء: عنوان، ثمّ ما يمكن فعله
web-error-home = العودة إلى الاستقبال
web-error-modules = عرض الوحدات
web-error-reference = إن راسلتنا فاذكر هذا المرجع:
error-not-found-title = هذه الصفحة غير موجودة
error-not-found-body = ربّما تغيّر العنوان أو نُسخ خطأ. انطلق من صفحة الاستقبال أو ابحث بين الوحدات.
error-forbidden-title = هذه الصفحة غير مفتوحة لحسابك
error-forbidden-body = إن كان من حقّك الاطّلاع عليها، فاسأل منسّق جمعيتك أو المكتب الجهوي.
error-unauthorized-title = سجّل الدخول للمواصلة
error-unauthorized-body = تحتاج هذه الصفحة إلى معرفة من أنت. سجّل الدخول وستعود إليها فورًا.
error-bad-request-title = لم نفهم الطلب
error-bad-request-body = عد إلى الصفحة السابقة وتثبّت ممّا أدخلته ثمّ أعد المحاولة.
error-conflict-title = سبقك غيرك
error-conflict-body = تغيّرت هذه المعطيات في الأثناء. أعد تحميل الصفحة لترى آخر حالة ثمّ أعد المحاولة.
error-too-large-title = الملفّ كبير جدًّا
error-too-large-body = اختر ملفًّا أصغر، أو خفّف حجم الفيديو والصور قبل إيداعه.
error-unsupported-media-type-title = هذا النوع من الملفّات غير مقبول
error-unsupported-media-type-body = تثبّت من الصيغة المطلوبة في الصفحة السابقة ثمّ أودع ملفًّا آخر.
error-too-many-requests-title = محاولات كثيرة في وقت قصير
error-too-many-requests-body = نتوقّف قليلا حرصًا على سلامتك. انتظر دقيقة ثمّ أعد المحاولة.
error-unavailable-title = حلقة تستريح قليلا
error-unavailable-body = ستعود قريبًا. انتظر دقيقة ثمّ أعد تحميل الصفحة: كلّ ما أنجزته محفوظ.
error-internal-title = حدث خطأ من جهتنا
error-internal-body = لقد سُجّل الخطأ. أعد تحميل الصفحة، وإن تكرّر فراسل مكتبك الجهوي.
error-csrf-refused-title = هذا الطلب آت من موقع آخر
error-csrf-refused-body = أوقفناه حمايةً لك. عد إلى حلقة وأعد العملية من هنا.
error-wrong-host-title = هذا ليس عنوان حلقة
error-wrong-host-body = افتح حلقة من عنوانها المعتاد دون تغييره.
error-method-not-allowed-title = لا تُستعمل هذه الصفحة هكذا
error-method-not-allowed-body = عد إلى الصفحة السابقة واستعمل أزرارها وروابطها.
error-unprocessable-title = لا يمكننا قبول هذه المعطيات
error-unprocessable-body = عد إلى الاستمارة: ما يجب تصحيحه مبيّن فيها.

## التواريخ والمُدد
web-month-1 = جانفي
web-month-2 = فيفري
web-month-3 = مارس
web-month-4 = أفريل
web-month-5 = ماي
web-month-6 = جوان
web-month-7 = جويلية
web-month-8 = أوت
web-month-9 = سبتمبر
web-month-10 = أكتوبر
web-month-11 = نوفمبر
web-month-12 = ديسمبر
web-weekday-1 = الاثنين
web-weekday-2 = الثلاثاء
web-weekday-3 = الأربعاء
web-weekday-4 = الخميس
web-weekday-5 = الجمعة
web-weekday-6 = السبت
web-weekday-7 = الأحد
web-format-date = { $weekday } { $day } { $month } { $year }
web-format-datetime = { $day } { $month } { $year }، { $time }
web-format-time = { $time }
web-format-hours = { $hours } س و{ $minutes } دق
web-format-minutes = { $minutes } دق
web-format-seconds = { $seconds } ث

## الاستمارات
form-required = هذه الخانة مطلوبة.
form-one-line = اكتبوا سطرًا واحدًا من فضلكم.
form-too-long = النصّ طويل: اختصروه قليلًا.
form-number = اكتبوا عددًا صحيحًا.
form-out-of-range = هذا العدد خارج الحدود المسموح بها.
form-date = حدّدوا التاريخ والساعة.
error-bad-json-title = تعذّرت قراءة محتوى الطلب
error-bad-json-body = السطر { $line }، العمود { $column }: صحّحوا JSON ثمّ أعيدوا إرساله.
web-upload-checking = جارٍ فحص الحزمة…
web-upload-large = هذا الملفّ أكبر ممّا تقبله المنصّة. خفّفوا مقاطع الفيديو والصور ثم صدّروه من جديد.
web-upload-cut = انقطع الاتّصال قبل النهاية. لم يُحفظ شيء: اختاروا الملفّ من جديد.

## الحقول كما يسمّيها ملخّص الأخطاء
web-field-error = { $field }: { $problem }
field-title = العنوان
field-summary = الملخّص
field-body = النصّ
field-name = الاسم
field-email = البريد الإلكتروني
field-password = كلمة السر
field-present = كلمة السر الحالية
field-language = اللغة
field-axis = المحور
field-kind = النوع
field-region = الجهة
field-governorate = الولاية
field-about = التعريف
field-starts = البداية
field-ends = النهاية
field-place = المكان
field-link = الرابط
field-capacity = عدد المقاعد
field-need = الشروط
field-module = الوحدة
field-least = النسبة
field-name_fr = الاسم بالفرنسية
field-name_ar = الاسم بالعربية
field-name_en = الاسم بالإنجليزية
field-role = الدور
field-space = الفضاء
field-until = إلى غاية
field-scope = الصلاحيات
field-max_attempts = عدد المحاولات
field-minutes = الدقائق
field-score = النتيجة

web-topic-pinned = مثبّت
web-topic-question = سؤال مفتوح
web-topic-closed = مغلق
web-topic-too = { $count ->
    [zero] لا أحد غيره عنده المشكلة نفسها
    [one] شخص آخر عنده المشكلة نفسها
    [two] شخصان آخران عندهما المشكلة نفسها
    [few] { $count } آخرون عندهم المشكلة نفسها
    [many] { $count } آخرون عندهم المشكلة نفسها
   *[other] { $count } آخرون عندهم المشكلة نفسها
}
web-api-title = الواجهة البرمجية
web-api-lead = ما يمكن لبرنامج آخر أن يطلبه من حلقة: استيراد الوحدات، فتحها لمتعلّم، قراءة التقدّم، وتسجيل المقاعد في الندوات.
web-api-document = الوصف الكامل بصيغة OpenAPI 3.1:
web-api-token = كل طلب يحمل رمز دخول ينشئه أحد المسؤولين عن المنصّة. الكلمة المذكورة في كل سطر هي الصلاحية اللازمة.
web-api-link = للمبرمجين
