### قواعد الوحدة: المحاولات والنتيجة المعتمدة والإتمام.

rules-title = قواعد الوحدة
rules-attempts = إعادة المحاولة
rules-max = أقصى عدد من المحاولات
rules-max-hint = اترك الخانة فارغة إن لم يكن هناك حدّ.
rules-new-attempt = محاولة جديدة ممكنة
rules-new-attempt-never = لا: محاولة واحدة فقط
rules-new-attempt-when-finished = عندما تكتمل المحاولة السابقة
rules-new-attempt-when-failed = عندما لا تنجح المحاولة السابقة
rules-new-attempt-always = في كلّ وقت
rules-opening = عند فتح الوحدة
rules-opening-resume = يستأنف المتعلّم من حيث توقّف
rules-opening-new = تبدأ محاولة جديدة كلّما كان ذلك مسموحا
rules-result = النتيجة المعتمدة
rules-counts = المحاولة التي تُحتسب
rules-counts-best = الأفضل
rules-counts-first = الأولى
rules-counts-last = آخر محاولة بلغت نهايتها
rules-counts-average = المعدّل: متوسّط نتائج المحاولات التي بلغت نهايتها، مع إتمام الأفضل ونجاحها
rules-completion = الإتمام
rules-silent = اختر هنا ما يجعل هذه الوحدة مكتملة، وإلّا بقيت «قيد الإنجاز» لدى الجميع.
rules-completes = تُعتبر الوحدة مكتملة
rules-completes-package = عندما تُعلن الوحدة ذلك بنفسها
rules-completes-opened = بمجرّد فتحها
rules-completes-all-visited = عندما تُفتح كلّ أنشطتها
rules-completes-time = بعد قضاء مدّة فيها (الدقائق أسفله)
rules-completes-score = ابتداء من نتيجة معيّنة (أسفله)
rules-completes-staff = عندما يقرّر الفريق ذلك بتصحيح
rules-minutes = الدقائق المطلوبة
rules-score = النتيجة المطلوبة من 0 إلى 100
rules-existing = يسري التغيير أيضا على من بدؤوا من قبل: تُحسب نتائجهم من جديد ويُحفظ السجلّ السابق.
catalogue-report = التقرير
catalogue-rules = قواعد الوحدة
flash-rules-saved = سُجّلت القواعد. يُعاد احتساب النتائج السابقة.
error-attempt-only-one-title = لهذه الوحدة محاولة واحدة
error-attempt-only-one-body = يمكنك فتح محاولتك ومراجعتها، دون بدء محاولة أخرى.
error-attempt-none-left-title = استعملت كلّ محاولاتك
error-attempt-none-left-body = { $most ->
    [one] تسمح هذه الوحدة بمحاولة واحدة. يمكنك مراجعة الأخيرة؛ وللمزيد تحدّث مع من ينشّط الوحدة.
    [two] تسمح هذه الوحدة بمحاولتين. يمكنك مراجعة الأخيرة؛ وللمزيد تحدّث مع من ينشّط الوحدة.
    [few] تسمح هذه الوحدة بـ{ $most } محاولات. يمكنك مراجعة الأخيرة؛ وللمزيد تحدّث مع من ينشّط الوحدة.
    [many] تسمح هذه الوحدة بـ{ $most } محاولة. يمكنك مراجعة الأخيرة؛ وللمزيد تحدّث مع من ينشّط الوحدة.
   *[other] تسمح هذه الوحدة بـ{ $most } محاولة. يمكنك مراجعة الأخيرة؛ وللمزيد تحدّث مع من ينشّط الوحدة.
}
error-attempt-not-finished-title = محاولتك لم تكتمل
error-attempt-not-finished-body = أتممها أوّلا: بعدها تصبح محاولة جديدة ممكنة.
error-attempt-not-failed-title = لا حاجة إلى الإعادة
error-attempt-not-failed-body = لا تكون محاولة جديدة ممكنة إلّا بعد محاولة غير ناجحة.
error-attempt-over-title = بدأت محاولة أحدث
error-attempt-over-body = لم يعد فتح هذه المحاولة ممكنا. افتح الوحدة لتستأنف الأخيرة.
flash-attempt-over = بدأت محاولة أحدث: هي التي تستأنفها من هنا.
