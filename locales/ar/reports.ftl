### تقارير الوحدة: المحاولات والأنشطة والأسئلة والملفّات.

reports-title = التقرير
reports-title-of = التقرير: { $module }
reports-regional = ترى أعضاء منظّمات جهتك خلال فترة عضويّتهم.
reports-attempts = المحاولات
reports-activities = الأنشطة
reports-questions = الأسئلة
reports-answers = الأجوبة
reports-objectives = الأهداف
reports-learners = الأشخاص
reports-completed = أتمّوها
reports-passed = نجحوا فيها
reports-mean-score = متوسّط النتيجة
reports-mean-time = متوسّط الوقت
reports-percent = {"\u200E"}{ $percent }%{"\u200E"}
reports-organisation = المنظّمة
reports-any-organisation = كلّها
reports-state = الحالة
reports-any-state = كلّها
reports-filter = تصفية
reports-none = لا محاولات هنا
reports-none-text = تظهر المحاولة بمجرّد أن يفتح أحد هذه الوحدة.
reports-no-answers = لا أجوبة بعد
reports-questions-more = { $count ->
    [zero] لا أسئلة أخرى.
    [one] سؤال آخر في الملفّات القابلة للتنزيل.
    [two] سؤالان آخران في الملفّات القابلة للتنزيل.
    [few] { $count } أسئلة أخرى في الملفّات القابلة للتنزيل.
    [many] { $count } سؤالا آخر في الملفّات القابلة للتنزيل.
   *[other] { $count } سؤال آخر في الملفّات القابلة للتنزيل.
}
reports-no-answers-text = إمّا أنّ أحدا لم يجب بعد، أو أنّ هذه الوحدة لا ترسل الأجوبة عن أسئلتها.
reports-sample = المحاولة المعتمدة
reports-sample-first = الأولى لكلّ شخص
reports-sample-last = الأخيرة لكلّ شخص
reports-sample-all = كلّ المحاولات
reports-how = كيف تُقرأ هذه الأرقام
reports-how-facility = السهولة هي نسبة الأجوبة الصحيحة: فوق 80% يعرفها الجميع تقريبا، ودون 30% فالسؤال صعب أو غير مفهوم.
reports-how-discrimination = يبيّن التمييز هل أنّ من يجيبون عن هذا السؤال جيّدا يجيبون جيّدا عن بقيّة الأسئلة، من 1− إلى 1. ابتداء من 0,3 يميّز السؤال جيّدا؛ وإن كان سالبا فتثبّت من الجواب الصحيح. يلزم خمسة أشخاص على الأقلّ.
reports-too-few = الأجوبة غير كافية
reports-alike = النتيجة نفسها عند الجميع
reports-quality-good = يميّز جيّدا
reports-quality-fair = مقبول
reports-quality-weak = يميّز قليلا
reports-quality-negative = يحتاج إلى تثبّت
reports-right = صحيح
reports-wrong = خطأ
reports-partly = صحيح جزئيّا
reports-not-judged = دون تقييم
reports-said = الجواب:
reports-expected = المنتظر:
reports-true = صحيح
reports-false = خطأ
reports-other-answers = أجوبة أخرى
reports-files = تنزيل هذه البيانات
reports-workbook = مصنّف إكسل
reports-csv = ملفّ CSV لهذه الصفحة
reports-files-hint = توضع فاصلة عليا قبل النصوص التي قد يعتبرها برنامج الجداول صيغة حساب.
reports-reason-hint = سيقرؤه الشخص المعنيّ مع اسمك وصفتك.
reports-correct-as = تصحّح بصفتك:
reports-col-learner = الشخص
reports-col-email = البريد
reports-col-organisation = المنظّمة
reports-col-attempt = المحاولة
reports-col-state = الحالة
reports-col-progress = التقدّم
reports-col-score = النتيجة
reports-col-time = الوقت
reports-col-minutes = الدقائق
reports-col-seconds = الثواني
reports-col-started = البداية
reports-col-updated = آخر نشاط
reports-col-finished = الإتمام
reports-col-activity = النشاط
reports-col-place = الرتبة
reports-col-question = السؤال
reports-col-text = نصّ السؤال
reports-col-type = النوع
reports-col-response = الجواب
reports-col-correct = الجواب المنتظر
reports-col-result = التقييم
reports-col-weighting = الوزن
reports-col-answered = عدد الأجوبة
reports-col-share = النسبة
reports-col-facility = السهولة
reports-col-discrimination = التمييز
reports-col-distribution = الأجوبة المقدّمة
reports-type-true-false = صحيح أو خطأ
reports-type-choice = اختيار
reports-type-fill-in = جواب قصير
reports-type-long-fill-in = جواب طويل
reports-type-matching = ربط
reports-type-performance = خطوات للإنجاز
reports-type-sequencing = ترتيب
reports-type-likert = سلّم رأي
reports-type-numeric = عدد
reports-type-other = نوع آخر
