### Administration

admin-title = التسيير
admin-lead = أين وصلت المجموعة، وما يحتاج إلى عنايتك.
admin-count-people = { $count ->
    [zero] شخص ناشط
    [one] شخص ناشط
    [two] شخصان ناشطان
    [few] أشخاص ناشطين
    [many] شخصًا ناشطًا
   *[other] شخص ناشط
}
admin-count-organisations = { $count ->
    [zero] منظّمة
    [one] منظّمة
    [two] منظّمتان
    [few] منظّمات
    [many] منظّمة
   *[other] منظّمة
}
admin-count-unverified = في انتظار التحقّق
admin-count-seminars = { $count ->
    [zero] ندوة قادمة
    [one] ندوة قادمة
    [two] ندوتان قادمتان
    [few] ندوات قادمة
    [many] ندوة قادمة
   *[other] ندوة قادمة
}
admin-people = الأشخاص
admin-outbox = البريد المنتظر
admin-tokens = رموز واجهة البرمجة
admin-waiting = رسائل منتظرة
admin-failed = رسائل فاشلة
admin-outbox-text = دون خادم بريد تبقى الرسائل هنا: سلّم الرابط بنفسك.
admin-outbox-none = لا شيء في الانتظار
admin-outbox-none-text = خرج كل ما كان يجب أن يخرج.
admin-state-waiting = في الانتظار
admin-state-failed = فشل
admin-state-done = أُرسل
admin-retry = إعادة المحاولة
admin-people-search = الاسم أو البريد
admin-people-none = لا أحد يطابق
admin-people-none-text = ابحث عن جزء من الاسم أو البريد.
admin-suspend = تعليق
admin-reinstate = إعادة
admin-suspended = معلّق
admin-invited = مدعو
admin-roles = الأدوار
admin-role = الدور
admin-role-admin = إدارة المنصة
admin-role-regional = مكتب جهوي
admin-role-trainer = تكوين
admin-role-animator = تنشيط
admin-role-until = إلى غاية (اختياري)
admin-no-roles = لا دور خاص.
admin-grant = إسناد هذا الدور
admin-revoke = سحب
admin-token-name = لماذا هذا الرمز؟
admin-token-scopes = ما يفتحه
admin-tokens-lead = يفتح الرمز الباب لبرنامج آخر: موقع أو لوحة متابعة أو نظام تسجيل. امنحه أقلّ ما يمكن من الصلاحيات.
admin-token-new = إنشاء رمز
admin-scope-packages = رفع الحزم (packages)
admin-scope-modules = قراءة الوحدات وتعديلها (modules)
admin-scope-launches = فتح وحدة لشخص (launches)
admin-scope-progress = قراءة التقدّم (progress)
admin-scope-seminars = الندوات والمقاعد (seminars)
admin-scope-reports = قراءة التقارير (reports)
admin-scope-admin = الإدارة (admin)
admin-scope-all = كلّ شيء (all)
admin-token-add = إنشاء الرمز
admin-token-once = انسخ هذا الرمز الآن: لن يُعرض مرة أخرى.
admin-token-revoked = ملغى
admin-where = إلى أين
admin-door-lti = منصّات الدروس
admin-door-lti-text = Moodle وCanvas وغيرهما تفتح وحداتنا وتتلقّى النتائج.
admin-door-people = الأشخاص
admin-door-people-text = البحث عن شخص، دعوته، إسناد دور إليه.
admin-door-organisations = المنظمات
admin-door-organisations-text = الدليل: إضافة ووصف وتحقق.
admin-door-seminars = الندوات
admin-door-seminars-text = الإعلان عن لقاء ومعرفة من سيحضر.
admin-door-regions = الجهات
admin-door-regions-text = المكاتب الجهوية وترتيبها.
admin-door-axes = المحاور
admin-door-axes-text = خطوط العمل، ولكل منها فضاؤه.
admin-door-outbox = البريد
admin-door-outbox-text = ما ينتظر الإرسال وما فشل.
admin-door-tokens = رموز واجهة البرمجة
admin-door-tokens-text = دخول البرامج الأخرى.
admin-begin = للبداية
admin-begin-text = المنصة جديدة. ثلاثة أشياء بهذا الترتيب:
admin-begin-regions = إنشاء الجهات
admin-begin-axes = إنشاء المحاور: لكل محور فضاء للنقاش
admin-begin-organisations = إضافة أول منظمة ودعوة من ينسقها
admin-people-region = أعضاء منظمات جهتك.
admin-invite-text = لشخص لا ينتمي إلى أي منظمة: مكوّنة أو زميل. أما الآخرون فيُدعون من صفحة منظمتهم.
admin-invited-text = لم يختر هذا الشخص كلمة سر بعد.
admin-invite-again = إعادة إرسال الدعوة
admin-organisations = المنظمات
admin-no-organisations = ليس عضوا في أي منظمة.
admin-grant-open = إسناد دور
admin-grant-hint = سيُطلب من الشخص تسجيل الدخول من جديد: كل دور جديد يبدأ بجلسة جديدة.
admin-role-region-hint = للمكتب الجهوي.
admin-role-space = الفضاء
admin-role-space-hint = للتنشيط.
admin-suspend-text = يُقطع الشخص من كل أجهزته ولا يمكنه الدخول. لا يضيع شيء مما أنجزه، ويمكن إعادته.
admin-suspend-do = نعم، علّق الحساب
admin-frame-regions = الجهات
admin-frame-regions-lead = المكاتب الجهوية بالترتيب الذي تظهر به.
admin-frame-regions-add = إضافة جهة
admin-frame-axes = المحاور
admin-frame-axes-lead = خطوط عمل البرنامج. لكل محور فضاء للنقاش يُنشأ معه.
admin-frame-axes-add = إضافة محور وفضائه
admin-frame-list = القائمة مرتبة
admin-frame-none = لا شيء بعد
admin-frame-none-text = ابدأ بالسطر الأول، هنا في الأسفل.
admin-axis-space = زيارة الفضاء
admin-move-up = رفع { $name }
admin-move-down = إنزال { $name }
admin-name-fr = الاسم بالفرنسية
admin-name-ar = الاسم بالعربية
admin-name-en = الاسم بالإنجليزية
admin-name-en-hint = اختياري: وإلا فالاسم الفرنسي.
admin-about-fr = موضوع الفضاء بالفرنسية
admin-about-ar = موضوع الفضاء بالعربية
admin-about-en = موضوع الفضاء بالإنجليزية
flash-person-invited = الدعوة في البريد.
form-email-taken = لهذا البريد حساب من قبل: ابحث عنه أعلاه.
form-name-taken = هذا الاسم مستعمل.
error-name-taken-title = هذا الاسم مستعمل
error-name-taken-body = اختر اسما آخر.
error-joined-title = هذا الشخص واحد منا
error-joined-body = اختار كلمة سره: لم يبق ما يُرسل إليه.
admin-no-address = دون عنوان
admin-outbox-due = ترسل في
admin-outbox-kinds = ما ينتظر، حسب النوع
