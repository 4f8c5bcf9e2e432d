### أدوات خارجيّة

tools-title = أدوات خارجيّة
tools-lead = تصير أنشطة مواقع أخرى وحدات: تُفتح من هنا وتُحتسب نتائجها كنتائجكم.
tools-link = أدوات خارجيّة (LTI)
tools-known = الأدوات المرتبطة
tools-none = لا أدوات حتى الآن
tools-none-text = اربطوا أداة تدعم LTI 1.3: تمارين، فيديوهات تفاعليّة، أقسام افتراضيّة…
tools-state-active = مفتوحة
tools-state-pending = بانتظار التأكيد
tools-state-closed = مغلقة
tools-waits-pending = سجّلت هذه الأداة نفسها. تحقّقوا من عناوينها ثمّ افتحوها.
tools-waits-closed = هذه الأداة مغلقة: لم تعد وحداتها تُفتح ولا يمكنها إرسال شيء.
tools-actions = إجراءات
tools-register = ربط أداة
tools-register-text = ألصقوا عنوان التسجيل الذي توفّره الأداة («dynamic registration»). تسجّل الأداة نفسها ثمّ تؤكّدون أنتم.
tools-register-action = المتابعة لدى الأداة
tools-by-hand = تسجيل أداة يدويّا
tools-by-hand-text = أعطوا الأداة هذه العناوين أوّلا. سيظهر معرّفها هنا بعد الحفظ.
tools-add = تسجيل الأداة
tools-field-page = عنوان تسجيل الأداة
tools-field-name = اسم الأداة
tools-field-login = عنوان بدء الدخول (login initiation)
tools-field-target = عنوان الفتح (target link)
tools-field-redirect = عناوين إعادة التوجيه
tools-field-redirect-hint = عنوان في كلّ سطر، تماما كما تكتبه الأداة.
tools-field-picker = عنوان اختيار المحتوى (deep linking)
tools-field-picker-hint = اختياريّ: يسمح باختيار الأنشطة داخل الأداة نفسها.
tools-field-jwks = عنوان المفاتيح العموميّة (JWKS)
tools-field-key = … أو مفتاح عموميّ
tools-field-key-hint = بصيغة PEM أو JWKS إن لم يكن للأداة عنوان مفاتيح.
tools-ours-issuer = المُصدِر (issuer)
tools-ours-auth = المصادقة (OIDC)
tools-ours-token = رموز الدخول
tools-ours-keys = مفاتيحنا (JWKS)
tools-ours-client = المعرّف (client ID)
tools-ours-deployment = النشر (deployment ID)
tools-facts = إعدادات تُعطى للأداة
tools-facts-text = تُنسخ لدى الأداة إن لم تسجّل نفسها.
tools-theirs = عناوينها
tools-choose = الاختيار داخل الأداة
tools-choose-text = اختاروا أنشطة داخل الأداة: تصير وحدات في شكل مسودّات.
tools-active-text = الأداة جاهزة. أنشئوا وحدة انطلاقا من أحد عناوينها.
tools-open = فتح الأداة
tools-close = غلق الأداة
tools-modules = وحدات هذه الأداة
tools-modules-none = لا وحدات بعد.
tools-module-add = إنشاء وحدة من عنوان
tools-module-action = إنشاء الوحدة
tools-field-url = عنوان النشاط
tools-field-url-hint = إن تُرك فارغا: عنوان فتح الأداة.
tools-privacy = ما تعرفه الأداة عن الأشخاص
tools-privacy-text = لكلّ شخص لدى الأداة معرّف لا يدلّ عليه. ولا يُنقل غير ذلك إلّا إذا أشّرتم عليه.
tools-send-name = إرسال الاسم
tools-send-email = إرسال البريد الإلكتروني
tools-leaving = لحظة: هذا النشاط في موقع آخر. ستعود نتائجك إلى هنا.
tools-leaving-title = فتح النشاط
tools-leaving-go = متابعة
tools-message = إن لم يحدث شيء فاستعمل الزرّ.
tools-chosen-title = اختياركم
tools-chosen-lead = ما اخترتموه داخل الأداة. احتفظوا بما يصير وحدة.
tools-chosen-action = إنشاء الوحدات
tools-chosen-none = لم يُختر شيء
tools-chosen-none-text = لم تُرجع الأداة شيئا يمكننا فتحه.
flash-tools-made = صار وحدة في شكل مسودّة: راجعوها ثمّ انشروها.
form-tools-key = هذا المفتاح غير مقروء: يلزم مفتاح RSA عموميّ بصيغة PEM أو مجموعة JWKS.
form-tools-keys = أدخلوا عنوان المفاتيح أو مفتاحا: أحدهما فقط.
error-tools-unknown-title = هذه الأداة غير مرتبطة
error-tools-unknown-body = الأداة غير مسجّلة هنا أو أُغلقت أو تحيل إلى عنوان ليس لها. يمكن لمن أنشأ الوحدة أن يتحقّق.
error-tools-again-title = افتح الوحدة من جديد
error-tools-again-body = استُعملت هذه المحاولة أو انتهت صلاحيّتها أو هي من متصفّح آخر. عد إلى صفحة الوحدة وافتحها من جديد.
error-tools-scope-title = لا تملك الأداة هذا الحقّ
error-tools-scope-body = رمز دخولها لا يشمل هذا الإجراء.
error-tools-older-title = نتيجة أقدم
error-tools-older-body = أرسلت الأداة نتيجة أحدث، وهي المعتمدة.
error-tools-closed-title = هذه الأداة مغلقة
error-tools-closed-body = لا يمكن فتح نشاط هذه الوحدة حاليّا. ما أنجزته محفوظ.
error-tools-registration-title = تسجيل غير مكتمل
error-tools-registration-body = تحقّقوا من هذا الحقل: { $field }.
error-lti_link_unreadable-title = { catalogue-refused }
error-lti_link_unreadable-body = رابط الأداة الخارجيّة (lti-link.json) غير مقروء.
tools-chosen-others = { $count ->
    [zero] لم يُترك أيّ عنصر
    [one] تُرك عنصر واحد من نوع آخر.
    [two] تُرك عنصران من أنواع أخرى.
    [few] تُركت { $count } عناصر من أنواع أخرى.
    [many] تُرك { $count } عنصرا من أنواع أخرى.
   *[other] تُرك { $count } عنصر من أنواع أخرى.
}
