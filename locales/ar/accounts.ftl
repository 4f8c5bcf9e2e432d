### الحسابات: الدخول والدعوة وكلمة السر والصفحة الشخصية.

accounts-email = البريد الإلكتروني
accounts-name = الاسم واللقب
accounts-password = كلمة السر
accounts-password-new = كلمة السر الجديدة
accounts-password-present = كلمة السر الحالية
accounts-password-hint = 12 حرفا على الأقل. جملة قصيرة لا يعرفها غيرك تفي بالغرض تماما.
accounts-password-change = تغيير كلمة السر
accounts-language = اللغة
accounts-language-hint = لغة صفحاتك ورسائلنا إليك.

accounts-sign-in-title = مرحبا بعودتك إلى الحلقة
accounts-sign-in-lead = سجّل الدخول لتواصل من حيث توقفت.
accounts-sign-in-wrong = البريد أو كلمة السر غير صحيحة
accounts-sign-in-wrong-text = تحقق مما كتبت وأعد المحاولة، أو اطلب كلمة سر جديدة.
accounts-forgot = نسيت كلمة السر؟
accounts-no-account = ليس لديك حساب بعد؟ منسق جمعيتك أو مكتبك الجهوي يدعوك في دقيقة.

accounts-forgot-title = نسيت كلمة السر
accounts-forgot-text = اكتب بريدك ونرسل إليه رابطا لاختيار كلمة سر جديدة.
accounts-forgot-send = إرسال الرابط
accounts-sent-title = انظر في صندوق بريدك
accounts-sent-text = إن كان لهذا البريد حساب هنا فقد انطلق رابط إليه. يصلح مرة واحدة خلال 30 دقيقة.
accounts-sent-hint = لم يصلك شيء بعد دقائق؟ انظر في البريد غير المرغوب فيه، أو اسأل مكتبك الجهوي.

accounts-welcome-title = مرحبا { $name }
accounts-welcome-text = اختر كلمة سر وتصبح واحدا منا.
accounts-welcome-go = الدخول إلى الحلقة
accounts-choose-title = اختر كلمة سر جديدة
accounts-choose-text = ستُقطع أجهزتك الأخرى عن حسابك.

accounts-me-profile = من أنا
accounts-me-organisations = منظّماتي
accounts-me-password = كلمة السر
accounts-me-sessions = أجهزتي المتصلة
accounts-me-sessions-text = هل فيها جهاز لا تعرفه؟ اقطعه وغيّر كلمة السر.
accounts-session-since = دخل في
accounts-session-seen = آخر ظهور
accounts-session-here = هذا الجهاز
accounts-session-end = قطع
accounts-sign-out-everywhere = الخروج من كل الأجهزة

accounts-mail-invitation-subject = { $inviter } يدعوك إلى حلقة
accounts-mail-invitation-body = مرحبا { $name }،

    يدعوك { $inviter } إلى حلقة، حيث تتعلم الجمعيات بعضها من بعض.

    اختر كلمة السر بالرابط أسفله. يصلح مرة واحدة خلال 7 أيام.
accounts-mail-invitation-action = الانضمام إلى حلقة
accounts-mail-reset-subject = كلمة سر جديدة لحلقة
accounts-mail-reset-body = مرحبا { $name }،

    طُلبت كلمة سر جديدة لحسابك، ولعلك أنت من طلبها. يصلح الرابط أسفله مرة واحدة خلال 30 دقيقة.

    لم تطلب شيئا؟ لا تفعل شيئا: كلمة سرك لا تتغير.
accounts-mail-reset-action = اختيار كلمة السر

flash-signed-out = تم الخروج. إلى اللقاء!
flash-signed-out-everywhere = تم الخروج من كل أجهزتك.
flash-session-ended = قُطع هذا الجهاز.
flash-password-changed = تغيرت كلمة سرك وقُطعت أجهزتك الأخرى.
flash-welcome = حسابك جاهز. مرحبا بك!
flash-saved = تم الحفظ.

form-choice = اختر من القائمة.
form-email = تحقق من هذا البريد: ينقصه شيء.
form-password-short = يلزم 12 حرفا على الأقل.
form-password-long = طويلة جدا: 1024 بايت على الأكثر.
form-password-common = كلمة السر هذه سهلة التخمين. جرّب جملة قصيرة خاصة بك.
form-password-wrong = هذه ليست كلمة سرك الحالية.

error-sign-in-throttled-title = محاولات كثيرة في وقت قصير
error-sign-in-throttled-body = من باب الحيطة نتوقف قليلا. أعد المحاولة بعد { $seconds } ثانية. يمكنك أيضا طلب كلمة سر جديدة.
error-link-used-title = هذا الرابط لم يعد صالحا
error-link-used-body = استُعمل من قبل أو مضى عليه الوقت. اطلب رابطا جديدا من «نسيت كلمة السر» أو دعوة جديدة.
error-missing-scope-title = هذا الرمز لا يفتح هذا الباب
error-missing-scope-body = ينقصه الحق «{ $scope }». اطلب من مسؤول المنصة رمزا يملكه.
error-unknown-scope-title = هذا الحق غير موجود
error-unknown-scope-body = «{ $scope }» ليس حقا معروفا.
error-email-taken-title = لهذا البريد حساب من قبل
error-email-taken-body = ابحث عن الشخص ببريده: هو واحد منا.
error-person-suspended-title = هذا الحساب معلّق
error-person-suspended-body = يمكن لمسؤول المنصة رفع التعليق.
error-last-admin-title = هذا آخر مسؤول للمنصة
error-last-admin-body = عيّن شخصا آخر أولا: لا تبقى حلقة دون مسؤول.
accounts-shows-learning = بجانب أجوبتي، إظهار الوحدات التي أتممتها في المحور نفسه
