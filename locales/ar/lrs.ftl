### سجلّ التعلّم (xAPI)

admin-door-xapi = سجلّ xAPI
admin-door-xapi-text = الأدوات التي تودع آثار التعلّم.
lrs-credentials = سجلّ التعلّم
lrs-lead = هنا تودع الأدوات التي تتكلّم xAPI آثار التعلّم وتقرؤها. لكلّ أداة بيانات دخول خاصّة بها.
lrs-endpoint = العنوان الذي يُعطى للأداة
lrs-once = سجّل كلمة السرّ الآن: لن تظهر مرّة أخرى أبدًا.
lrs-user = المستخدم
lrs-password = كلمة السرّ
lrs-clients = الأدوات المرخّص لها
lrs-platform = كامل المنصّة
lrs-add-title = الترخيص لأداة
lrs-name = اسم الأداة
lrs-name-hint = مثلًا «اختبار ورشة المناصرة».
lrs-scopes = ما يحقّ لها فعله
lrs-version = الإصدار الافتراضي
lrs-version-hint = الإصدار الذي يُعلَن لأداة لا تسمّي أيّ إصدار.
lrs-add = إنشاء بيانات الدخول
lrs-scope-all = كلّ شيء، بما فيه إبطال الآثار
lrs-scope-all-read = قراءة كلّ شيء
lrs-scope-statements-write = إيداع الآثار
lrs-scope-statements-read = قراءة جميع الآثار
lrs-scope-statements-read-mine = قراءة آثارها هي فقط
lrs-scope-state = حفظ حالة الأنشطة
lrs-scope-profile = إدارة الملفّات التعريفيّة
lrs-scope-define = وصف الأنشطة للجميع

error-xapi-invalid-title = هذا الطلب لا يتبع معيار xAPI
error-xapi-invalid-body = القاعدة «{ $rule }» غير محترمة هنا: { $where }.
error-xapi-version-title = إصدار xAPI غائب أو غير معروف
error-xapi-version-body = يجب أن تكون قيمة الترويسة X-Experience-API-Version هي ‎1.0.x أو ‎2.0.x.
error-xapi-more-title = لم يعد رابط البقيّة صالحًا
error-xapi-more-body = أعد البحث: رابط البقيّة صالح لأربع وعشرين ساعة، وللأداة التي تلقّته فقط.
error-xapi-alternate-title = طلب بديل غير سليم
error-xapi-alternate-body = لا توجد الصيغة البديلة إلّا في 1.0.3: طلب POST، والمعامل الوحيد «method»، وكلّ ما عداه داخل الاستمارة.
error-xapi-conflict-title = هذا المعرّف مستعمل لشيء آخر
error-xapi-conflict-body = يوجد أثر مختلف يحمل المعرّف { $id }. لم يُسجَّل أيّ شيء.
error-xapi-race-title = كتابتان في الوقت نفسه
error-xapi-race-body = أنشأ طلب آخر هذا المستند قبل لحظة. أعد المحاولة.
error-xapi-unseen-title = هذا المستند موجود من قبل
error-xapi-unseen-body = اقرأه، ثمّ أرسل نسختك مع الترويسة If-Match (قيمة ETag) أو If-None-Match.
error-xapi-precondition-title = تغيّر هذا المستند في الأثناء
error-xapi-precondition-body = اقرأه من جديد، ثمّ أرسل نسختك مع قيمة ETag الجديدة.
error-xapi-scope-title = بيانات الدخول هذه لا تسمح بذلك
error-xapi-scope-body = اطلب من أحد المشرفين بيانات دخول تسمح به.
error-cmi5-rule-title = هذه الخطوة لا تتّبع معيار cmi5
error-cmi5-rule-body = شرط غير مستوفى: { $requirement }. لم يُسجَّل شيء.

lrs-tab-clients = الأدوات
lrs-tab-statements = الآثار
lrs-tab-forwarding = الإرسال
lrs-statements = آثار التعلّم
lrs-statements-lead = من فعل ماذا ومتى: كلّ ما أودعته الوحدات والأدوات هنا.
lrs-statement = أثر تعلّم
lrs-found = الآثار
lrs-none = لا توجد آثار
lrs-none-text = لا شيء يطابق هذا البحث. وسّعه أو عُد لاحقًا.
lrs-reload = تحديث
lrs-live-on = تظهر الآثار الجديدة من تلقاء نفسها.
lrs-live-new = آثار جديدة:
lrs-f-agent = الشخص
lrs-f-agent-hint = بريد إلكتروني، أو معرّف، أو حساب (عنوان الموقع، مسافة، ثمّ الاسم).
lrs-f-verb = الفعل
lrs-f-activity = النشاط
lrs-f-activity-hint = الاسم المختصر لوحدة، أو عنوان كامل.
lrs-f-registration = التسجيل (registration)
lrs-f-since = أُودعت بعد
lrs-f-until = أُودعت إلى غاية
lrs-f-client = الأداة
lrs-f-organisation = المنظّمة
lrs-f-voided = الآثار الملغاة
lrs-f-statement = معرّف الأثر
lrs-f-related = البحث أيضًا في السياق (الأشخاص والأنشطة ذات الصلة)
lrs-f-more = معايير أخرى
lrs-f-clear = مسح الكلّ
lrs-any-verb = كلّ الأفعال
lrs-any-client = كلّ الأدوات
lrs-any-organisation = كلّ المنظّمات
lrs-voided-with = إظهارها أيضًا
lrs-voided-without = إخفاؤها
lrs-voided-only = هي وحدها
lrs-voided = ملغى
lrs-voiding = يلغي أثرًا آخر
lrs-voided-text = أُلغي هذا الأثر: لم تعد الأدوات تتلقّاه، لكنّه باقٍ هنا.
lrs-response = الإجابة
lrs-object = الموضوع
lrs-stored = وقت الإيداع
lrs-edition = الإصدار
lrs-target = الأثر الذي يتحدّث عنه
lrs-about = الآثار التي تتحدّث عنه
lrs-attachments = المرفقات
lrs-attachments-count = { $count ->
    [zero] لا مرفقات
    [one] مرفق واحد
    [two] مرفقان
    [few] { $count } مرفقات
    [many] { $count } مرفقًا
   *[other] { $count } مرفق
}
lrs-bytes = { $count ->
    [zero] فارغ
    [one] بايت واحد
    [two] بايتان
    [few] { $count } بايتات
    [many] { $count } بايتًا
   *[other] { $count } بايت
}
lrs-as-received = كما هو محفوظ
lrs-a-statement = أثر آخر
lrs-files = تنزيل هذه الآثار
lrs-files-text = كلّ آثار هذا البحث، من الأقدم إلى الأحدث. يذكر السطر الأخير من الملفّ عددها: من دونه يكون الملفّ ناقصًا.
lrs-saved = عمليات بحث محفوظة
lrs-saved-manage = إدارة عمليات البحث المحفوظة
lrs-keep = حفظ هذا البحث
lrs-keep-text = يصبح على بُعد نقرة، ويمكن أن يحدّد ما يُرسل إلى سجلّ آخر. وإذا اقتصر على منظّمة فهو لها.
lrs-keep-name = اسم البحث
lrs-keep-action = حفظ
lrs-forget = نسيان
lrs-forwarding = الإرسال إلى سجلّات أخرى
lrs-forwarding-lead = كلّ أثر يُودع هنا يُرسل أيضًا إلى هذه السجلّات، بالترتيب ومرّة واحدة.
lrs-targets = السجلّات المستقبِلة
lrs-targets-none = لا إرسال
lrs-targets-none-text = تبقى الآثار هنا. أضف سجلًّا ليتلقّاها أيضًا.
lrs-target-all = كلّ الآثار
lrs-target-delivered = { $count ->
    [zero] لم يُرسل أيّ أثر
    [one] أُرسل أثر واحد
    [two] أُرسل أثران
    [few] أُرسلت { $count } آثار
    [many] أُرسل { $count } أثرًا
   *[other] أُرسل { $count } أثر
}
lrs-target-refused = { $count ->
    [zero] لم يُرفض شيء
    [one] رُفض أثر واحد
    [two] رُفض أثران
    [few] رُفضت { $count } آثار
    [many] رُفض { $count } أثرًا
   *[other] رُفض { $count } أثر
}
lrs-target-lag = { $more ->
    [yes] أكثر من { $count } في الانتظار
   *[no] { $count ->
        [zero] لا شيء في الانتظار
        [one] أثر واحد في الانتظار
        [two] أثران في الانتظار
        [few] { $count } آثار في الانتظار
        [many] { $count } أثرًا في الانتظار
       *[other] { $count } أثر في الانتظار
    }
}
lrs-target-current = محدَّث
lrs-target-off = متوقّف
lrs-target-error = آخر محاولة:
lrs-trouble-address = هذا العنوان ليس ممّا تتّصل به حلقة
lrs-trouble-silent = لا أحد يجيب على هذا العنوان
lrs-trouble-answer = الجواب طويل جدًّا أو مبتور
lrs-target-switch-off = إيقاف
lrs-target-switch-on = تشغيل
lrs-target-remove = حذف
lrs-target-add = إضافة سجلّ
lrs-target-name = اسم السجلّ
lrs-target-url = العنوان
lrs-target-url-hint = العنوان الذي يعطيه السجلّ الآخر لأدواته، من دون « statements ».
lrs-target-version = الإصدار المستعمل
lrs-target-query = أيّ آثار؟
lrs-target-query-hint = يمكن لبحث محفوظ أن يحدّدها.
lrs-target-from = ابتداءً من متى؟
lrs-target-from-now = من الآن
lrs-target-from-start = من البداية: كلّ ما هو موجود
lrs-target-add-action = إضافة هذا السجلّ
lrs-verb-initialized = فتح
lrs-verb-launched = شغّل
lrs-verb-attempted = حاول
lrs-verb-experienced = اطّلع على
lrs-verb-progressed = تقدّم في
lrs-verb-answered = أجاب عن السؤال
lrs-verb-responded = أجاب عن
lrs-verb-asked = سأل
lrs-verb-attended = شارك في
lrs-verb-registered = حجز مكانًا في
lrs-verb-commented = علّق على
lrs-verb-shared = شارك مع غيره
lrs-verb-interacted = استعمل
lrs-verb-mastered = أتقن
lrs-verb-completed = أتمّ
lrs-verb-passed = نجح في
lrs-verb-failed = لم ينجح في
lrs-verb-scored = نال درجة في
lrs-verb-suspended = أوقف مؤقّتًا
lrs-verb-resumed = استأنف
lrs-verb-terminated = غادر
lrs-verb-exited = خرج من
lrs-verb-voided = ألغى
lrs-verb-satisfied = استوفى شروط
lrs-verb-waived = أُعفي من
lrs-verb-abandoned = ترك دون إتمام
lrs-verb-accepted = قبل جوابًا عن
lrs-verb-replied = ردّ على
lrs-verb-unregistered = تخلّى عن مكانه في
lrs-verb-viewed = شاهد
lrs-verb-created = أنشأ
flash-query-kept = حُفظ البحث.
flash-query-forgotten = نُسي البحث.
flash-target-added = أُضيف السجلّ: الآثار في طريقها إليه.
flash-target-retried = بدأت محاولة جديدة.
form-iri = اكتب عنوانًا كاملًا، مثل https://example.org/activity.
form-uuid = هذا ليس معرّفًا: 32 رقمًا وحرفًا في خمس مجموعات.
form-agent = اكتب بريدًا إلكترونيًا أو معرّفًا أو حسابًا.
form-statement-unknown = لا أثر يحمل هذا المعرّف.
error-lrs-query-title = هذا البحث غير مفهوم
error-lrs-query-body = عُد إلى القائمة وصحّح ما أُشير إليه.
error-query-used-title = هذا البحث مستعمل
error-query-used-body = يعتمد عليه إرسال إلى سجلّ آخر. غيّر ذلك الإرسال أو احذفه أوّلًا.
