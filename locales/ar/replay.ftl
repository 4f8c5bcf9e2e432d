### إعادة عرض جلسة؛ النسخة الجديدة قبل نشرها.

replay-title = إعادة العرض: { $learner }، { $module }
replay-heading = الجلسة خطوة بخطوة
replay-diagnosis = ما يجب معرفته
replay-look = عرض
replay-step = الخطوة { $n } من { $all }
replay-nav = الانتقال إلى خطوة أخرى
replay-first = البداية
replay-last = النهاية
replay-next-move = التنقل التالي
replay-next-trouble = المشكلة التالية
replay-kind-open = فتح
replay-kind-call = نداء من المحتوى
replay-kind-navigation = تنقل
replay-kind-correction = تصحيح
replay-late = محفوظ دون أثر
replay-otherwise = إجابة مختلفة
replay-otherwise-text = يجيب المحرّك اليوم:
replay-error = خطأ
replay-delivered = النشاط المفتوح:
replay-request = المحتوى يطلب:
replay-ended = انتهت الحصة.
replay-changes = ما تغيّره هذه الخطوة
replay-unchanged = لا شيء.
replay-outcome = النتيجة
replay-what = ماذا
replay-before = قبل
replay-after = بعد
replay-more = … و{ $n ->
    [zero] لا شيء
    [one] حرف واحد
    [two] حرفان
    [few] { $n } أحرف
    [many] { $n } حرفًا
   *[other] { $n } حرف
 } آخر
replay-trace = لماذا: القواعد المطبّقة
replay-trace-text = عمليات المعيار بالترتيب، مع ما أجابت به.
replay-trace-done = تم
replay-journal = السجل
replay-earlier = الأسبق
replay-later = الأحدث
replay-empty-title = لا شيء لإعادة عرضه
replay-empty-text = لم تستقبل هذه الجلسة أي مدخل بعد.
replay-position = أين وصل المتعلّم
replay-place-course = الوحدة
replay-place-activity = النشاط
replay-place-objective = الهدف
replay-place-global = هدف مشترك
replay-place-store = بيانات مشتركة
replay-place-element = بيانات المحتوى
replay-fact-current = النشاط الجاري
replay-fact-suspended = معلّق
replay-fact-ended = انتهت الحصة
replay-fact-attempts = المحاولات
replay-fact-active = نشط
replay-fact-completion = مكتمل
replay-fact-satisfied = ناجح
replay-fact-measure = القياس من −1 إلى 1
replay-fact-progress = التقدّم من 0 إلى 1
replay-fact-raw = النقاط
replay-fact-min = أدنى النقاط
replay-fact-max = أعلى النقاط
replay-fact-store = المحتوى
replay-fact-api = الصلة بالمحتوى
replay-value-true = نعم
replay-value-false = لا
replay-value-notinitialized = لم تبدأ
replay-value-running = مفتوحة
replay-value-terminated = مغلقة
replay-note-nothing = لا شيء غير عادي.
replay-note-differs = عند إعادة عرض الجلسة بمحرّك اليوم لا تعطي النتيجة المسجّلة. النتيجة المسجّلة هي المعتمدة.
replay-note-otherwise = { $n ->
    [zero] لا توجد إجابات مختلفة.
    [one] إجابة واحدة من المتصفّح تختلف عن إجابة المحرّك؛ إجابة المحرّك هي المعتمدة.
    [two] إجابتان من المتصفّح تختلفان عن إجابتي المحرّك؛ إجابتا المحرّك هما المعتمدتان.
    [few] { $n } إجابات من المتصفّح تختلف عن إجابات المحرّك؛ إجابات المحرّك هي المعتمدة.
    [many] { $n } إجابة من المتصفّح تختلف عن إجابات المحرّك؛ إجابات المحرّك هي المعتمدة.
   *[other] { $n } إجابة من المتصفّح تختلف عن إجابات المحرّك؛ إجابات المحرّك هي المعتمدة.
 }
replay-note-late = { $n ->
    [zero] لا توجد مدخلات متأخّرة.
    [one] مدخل واحد وصل بعد فتح أحدث: هو محفوظ ولا يُحتسب.
    [two] مدخلان وصلا بعد فتح أحدث: هما محفوظان ولا يُحتسبان.
    [few] { $n } مدخلات وصلت بعد فتح أحدث: هي محفوظة ولا تُحتسب.
    [many] { $n } مدخلًا وصل بعد فتح أحدث: هي محفوظة ولا تُحتسب.
   *[other] { $n } مدخل وصل بعد فتح أحدث: هي محفوظة ولا تُحتسب.
 }
replay-note-unopened = لم يُفتح المشغّل قطّ في هذه الجلسة.
replay-note-silent = لم يتواصل المحتوى مع المنصّة قطّ: لم يتمكّن من تسجيل شيء.
replay-note-no-completion = لم يُبلغ المحتوى قطّ عن اكتمال أو نجاح.
replay-note-errors = { $n ->
    [zero] لم يُرفض أي نداء.
    [one] نداء واحد من المحتوى رُفض بهذا الرمز:
    [two] نداءان من المحتوى رُفضا بهذا الرمز:
    [few] { $n } نداءات من المحتوى رُفضت بهذا الرمز:
    [many] { $n } نداءً من المحتوى رُفض بهذا الرمز:
   *[other] { $n } نداء من المحتوى رُفض بهذا الرمز:
 }
replay-note-over-maximum = قيمة تتجاوز ما يضمنه المعيار ({ $seen } عوض { $permitted }): هي محفوظة كاملة.
replay-note-unterminated = لم يُنهِ المحتوى الاتصال: ربّما أُغلقت الصفحة. لم يضع شيء رغم ذلك.
replay-note-uncommitted = لم يطلب المحتوى الحفظ قطّ. ما قاله محفوظ مع ذلك.
replay-note-refused = { $n ->
    [zero] لا يوجد تنقل مرفوض.
    [one] تنقل واحد لم يؤدِّ إلى شيء.
    [two] تنقلان لم يؤدّيا إلى شيء.
    [few] { $n } تنقلات لم تؤدِّ إلى شيء.
    [many] { $n } تنقلًا لم يؤدِّ إلى شيء.
   *[other] { $n } تنقل لم يؤدِّ إلى شيء.
 }
replay-note-corrected = { $n ->
    [zero] لا تصحيحات.
    [one] تصحيح واحد من الفريق.
    [two] تصحيحان من الفريق.
    [few] { $n } تصحيحات من الفريق.
    [many] { $n } تصحيحًا من الفريق.
   *[other] { $n } تصحيح من الفريق.
 }
replay-exception-nb-2-1-1 = بدأت الحصة من قبل.
replay-exception-nb-2-1-2 = لم تبدأ الحصة.
replay-exception-nb-2-1-3 = لا يوجد ما يُستأنف.
replay-exception-nb-2-1-4 = هنا لا يكون التقدّم بالأسهم: يجب الاختيار من الفهرس.
replay-exception-nb-2-1-5 = لا رجوع إلى الوراء هنا.
replay-exception-nb-2-1-6 = هذا هو النشاط الأوّل.
replay-exception-nb-2-1-8 = يجب إنهاء هذا النشاط قبل اختيار غيره.
replay-exception-nb-2-1-9 = لا نشاط ممكن من هنا.
replay-exception-nb-2-1-10 = لا يمكن اختيار هذا النشاط من الفهرس.
replay-exception-nb-2-1-11 = هذا النشاط غير موجود في الوحدة.
replay-exception-nb-2-1-12 = تمّت مغادرة النشاط الجاري.
replay-exception-tb-2-3-1 = لم تبدأ الحصة.
replay-exception-tb-2-3-2 = تمّت مغادرة النشاط الجاري.
replay-exception-tb-2-3-3 = لا يوجد ما يُستأنف.
replay-exception-tb-2-3-4 = لا يمكن مغادرة الوحدة كلّها بهذه الطريقة.
replay-exception-sb-2-1-2 = لا نشاط ممكن من هنا.
replay-exception-sb-2-1-3 = هذا هو النشاط الأوّل.
replay-exception-sb-2-1-4 = لا رجوع إلى الوراء هنا.
replay-exception-sb-2-2-1 = هنا لا يكون التقدّم بالأسهم: يجب الاختيار من الفهرس.
replay-exception-sb-2-2-2 = هذا النشاط غير متاح الآن: قاعدة تغلقه أو بلغ عدد المحاولات حدّه.
replay-exception-sb-2-4-1 = قاعدة توقف التقدّم هنا.
replay-exception-sb-2-4-2 = لا رجوع إلى الوراء هنا.
replay-exception-sb-2-4-3 = هذا هو النشاط الأوّل.
replay-exception-sb-2-5-1 = بدأت الحصة من قبل.
replay-exception-sb-2-6-1 = بدأت الحصة من قبل.
replay-exception-sb-2-6-2 = لا يوجد ما يُستأنف.
replay-exception-sb-2-7-1 = لم تبدأ الحصة.
replay-exception-sb-2-7-2 = هنا لا يكون التقدّم بالأسهم: يجب الاختيار من الفهرس.
replay-exception-sb-2-8-1 = لم تبدأ الحصة.
replay-exception-sb-2-8-2 = هنا لا يكون التقدّم بالأسهم: يجب الاختيار من الفهرس.
replay-exception-sb-2-9-2 = هذا النشاط غير موجود في الوحدة.
replay-exception-sb-2-9-3 = قاعدة تستثني هذا النشاط من الاختيار.
replay-exception-sb-2-9-4 = لا يمكن اختيار هذا النشاط من الفهرس.
replay-exception-sb-2-9-5 = لا نشاط ممكن من هنا.
replay-exception-sb-2-9-6 = لا يُفتح هذا الجزء بالاختيار ما لم يبدأ.
replay-exception-sb-2-9-7 = يجب إنهاء هذا النشاط قبل اختيار غيره.
replay-exception-sb-2-9-8 = الاختيار مقتصر على الأنشطة المجاورة.
replay-exception-sb-2-9-9 = لا دخول إلى هذا الجزء إلّا بالترتيب.
replay-exception-sb-2-10-1 = لم تبدأ الحصة.
replay-exception-sb-2-10-2 = النشاط ما زال مفتوحًا.
replay-exception-sb-2-10-3 = هنا لا يكون التقدّم بالأسهم: يجب الاختيار من الفهرس.
replay-exception-sb-2-11-1 = لم تبدأ الحصة.
replay-exception-sb-2-11-2 = النشاط ما زال مفتوحًا.
replay-exception-sb-2-13-1 = لم تبدأ الحصة.
replay-exception-db-1-1-1 = لا شيء يُفتح في هذا الموضع.
replay-exception-db-1-1-2 = لا شيء يُفتح في هذا الموضع.
replay-exception-db-1-1-3 = هذا النشاط غير متاح الآن: قاعدة تغلقه أو بلغ عدد المحاولات حدّه.
replay-exception-db-2-1 = النشاط ما زال مفتوحًا.
replay-exception-halqa-1 = قواعد هذه الوحدة تتطلّب حسابًا أكثر من اللازم.
replay-exception-s12-1 = لا نشاط مفتوح.
replay-exception-s12-2 = لا شيء يُفتح في هذا الموضع.
replay-exception-s12-3 = يجب أوّلًا إتمام ما يشترطه هذا النشاط.
replay-exception-s12-4 = لا نشاط آخر في هذا الاتجاه.
replay-exception-s12-5 = هذا الطلب غير موجود في SCORM 1.2.
replay-exception-other = لم تقبل العملية { $process } هذا الطلب.
replay-process-nb-2-1 = هل الطلب مسموح به؟
replay-process-tb-2-1 = قواعد الخروج
replay-process-tb-2-2 = قواعد ما بعد النشاط
replay-process-tb-2-3 = مغادرة النشاط
replay-process-rb-1-1 = تجميع القياسات
replay-process-rb-1-2 = تجميع النجاح
replay-process-rb-1-3 = تجميع الاكتمال
replay-process-rb-1-4 = قاعدة تجميع
replay-process-rb-1-5 = تجميع النتائج
replay-process-sr-1 = اختيار الأنشطة المقترحة
replay-process-sr-2 = ترتيب الأنشطة عشوائيًا
replay-process-sb-2-3 = البحث عن النشاط التالي
replay-process-sb-2-5 = البدء
replay-process-sb-2-6 = الاستئناف
replay-process-sb-2-7 = المتابعة
replay-process-sb-2-8 = الرجوع
replay-process-sb-2-9 = الاختيار
replay-process-sb-2-10 = الإعادة
replay-process-sb-2-11 = الخروج
replay-process-sb-2-13 = القفز
replay-process-db-1-1 = هل يمكن فتح النشاط؟
replay-process-db-2 = فتح النشاط
replay-process-up-2 = هل تنطبق قاعدة؟
replay-process-up-4 = إنهاء المحاولة
replay-process-up-5 = هل النشاط مغلق؟
replay-next-title = نسخة جديدة: { $module }
replay-next-waits = نسخة جديدة في انتظار النشر.
replay-next-look = عرض ما ستغيّره
replay-next-badge = لم تُنشر بعد
replay-next-promise = المتعلّمون الذين بدؤوا يُكملون على نسختهم. المحاولات الجديدة تأخذ النسخة الجديدة.
replay-next-publish = نشر هذه النسخة
replay-next-discard = التخلّي عنها
replay-next-heading = لو أُعيد عليها ما هو جارٍ
replay-next-text = { $n ->
    [zero] لا محاولات جارية لإعادة عرضها.
    [one] أُعيد عرض محاولة جارية واحدة خطوة بخطوة على النسخة الجديدة. لم يتغيّر شيء.
    [two] أُعيد عرض محاولتين جاريتين خطوة بخطوة على النسخة الجديدة. لم يتغيّر شيء.
    [few] أُعيد عرض { $n } محاولات جارية خطوة بخطوة على النسخة الجديدة. لم يتغيّر شيء.
    [many] أُعيد عرض { $n } محاولة جارية خطوة بخطوة على النسخة الجديدة. لم يتغيّر شيء.
   *[other] أُعيد عرض { $n } محاولة جارية خطوة بخطوة على النسخة الجديدة. لم يتغيّر شيء.
 }
replay-next-format = تتبع النسخة الجديدة معيارًا آخر: ما سجّلته القديمة لا يعني لها شيئًا.
replay-next-units = لا يُعاد عرض وحدات cmi5 وxAPI: محتواها هو الذي يدوّن ما أنجزه الناس، ونسخة أخرى لا تفهم منه شيئا. لا يخسر أحد شيئا: كلّ شخص يُنهي النسخة التي بدأها.
replay-next-unplayable = لا يمكن إعادة العرض على هذه النسخة.
replay-next-worse = { $n ->
    [zero] لن يخسر أحد شيئًا.
    [one] متعلّم واحد سيخسر شيئًا.
    [two] متعلّمان سيخسران شيئًا.
    [few] { $n } متعلّمين سيخسرون شيئًا.
    [many] { $n } متعلّمًا سيخسرون شيئًا.
   *[other] { $n } متعلّم سيخسرون شيئًا.
 }
replay-next-same = { $n ->
    [zero] لا آخرين.
    [one] بالنسبة إلى واحد آخر لن يتغيّر شيء.
    [two] بالنسبة إلى اثنين آخرين لن يتغيّر شيء.
    [few] بالنسبة إلى { $n } آخرين لن يتغيّر شيء.
    [many] بالنسبة إلى { $n } آخرين لن يتغيّر شيء.
   *[other] بالنسبة إلى { $n } آخرين لن يتغيّر شيء.
 }
replay-next-loses = خسارة
replay-next-now = اليوم
replay-next-then = على النسخة الجديدة
replay-next-nothing = لن يخسر أحد شيئًا: يحتفظ كلّ واحد بتقدّمه ونتيجته وموضعه.
replay-next-some = أُعيد عرض أحدث { $n } محاولة من { $all }؛ الأمر halqa replay يعيدها كلّها.
flash-candidate-discarded = تمّ التخلّي عن النسخة الجديدة.
error-candidate-changed-title = أُرسلت نسخة أخرى في الأثناء
error-candidate-changed-body = اطّلعوا على ما تغيّره ثم انشروها.
