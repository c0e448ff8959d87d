package bench

import "strings"

// language is one that a generated library is translated into, with the words that its texts are made of. They are the same on every
// machine and in every run, so that two libraries of one seed are the same bytes.
type language struct {
	code, label, direction string
	words                  []string
	solid                  bool // written without spaces between words
}

// languages are in the order in which --languages takes them; the first is that of the sources. Of the scripts that cost
// differently, three have one language and Latin has three.
var languages = []language{
	{code: "en", label: "English", direction: "ltr", words: strings.Fields(`
		act adult advice agency answer arrest article assist authority border case child claim coercion consent contract control
		court crime custody danger debt deception decision defence detail document duty employer escape evidence exploitation fact
		family fear fraud freedom guard guide harm health hearing help home hotel house identity indicator inquiry inspector interview
		investigator journey judge justice labour language law lawyer lesson letter means measure money movement need network offence
		office officer order passport payment person place plan police power presence price procedure promise proof prosecutor
		protection purpose question reason record recruiter referral refuge report request rescue review right risk rule safety school
		search sentence service shelter signature sign source statement support suspect system testimony threat time trade training
		transfer transport trial trust vehicle victim village violence wage witness work worker
		asks begins believes brings calls changes checks explains finds gives hears hides holds keeps knows learns leaves loses meets
		moves names needs notes offers opens pays proves reads receives records returns says sees sends shows speaks stays takes
		tells waits works writes
		a an and as at before but by can for from in is may must no not of on or that the their there this to under when where which
		who with without
		alone clear close common early false first full hard late local long new old open other possible private public quiet safe
		same several short small strong true weak whole young`)},
	{code: "ar", label: "العربية", direction: "rtl", words: strings.Fields(`
		فعل بالغ مشورة وكالة جواب توقيف مادة مساعدة سلطة حدود قضية طفل ادعاء إكراه موافقة عقد سيطرة محكمة جريمة احتجاز خطر دين
		خداع قرار دفاع تفصيل وثيقة واجب مستخدم فرار دليل استغلال واقعة أسرة خوف احتيال حرية حارس مرشد ضرر صحة جلسة عون منزل فندق
		بيت هوية مؤشر تحقيق مفتش مقابلة محقق رحلة قاض عدالة عمل لغة قانون محام درس رسالة وسيلة تدبير مال حركة حاجة شبكة مخالفة
		مكتب ضابط أمر جواز دفعة شخص مكان خطة شرطة قوة حضور ثمن إجراء وعد إثبات مدع حماية غرض سؤال سبب سجل مجند إحالة ملجأ تقرير
		طلب إنقاذ مراجعة حق مخاطرة قاعدة سلامة مدرسة بحث حكم خدمة مأوى توقيع علامة مصدر بيان دعم مشتبه نظام شهادة تهديد وقت تجارة
		تدريب نقل محاكمة ثقة مركبة ضحية قرية عنف أجر شاهد عامل يسأل يبدأ يعتقد يجلب يدعو يغير يفحص يشرح يجد يعطي يسمع يخفي يحتفظ
		يعرف يتعلم يغادر يفقد يقابل يسمي يحتاج يلاحظ يعرض يفتح يدفع يقرأ يتلقى يسجل يعود يقول يرى يرسل يتكلم يبقى يأخذ ينتظر يكتب
		في من إلى على عن أو قد لا ما هذا هذه ذلك التي الذي حيث عندما دون وحده واضح قريب شائع مبكر كاذب أول كامل صعب متأخر محلي طويل
		جديد قديم مفتوح آخر ممكن خاص عام هادئ آمن عدة قصير صغير قوي صحيح ضعيف شاب`)},
	{code: "zh", label: "中文", direction: "ltr", solid: true, words: strings.Fields(`
		行为 成年人 建议 机构 回答 逮捕 条款 协助 当局 边境 案件 儿童 主张 胁迫 同意 合同 控制 法院 犯罪 羁押 危险 债务 欺骗 决定 辩护 细节
		文件 义务 雇主 逃离 证据 剥削 事实 家庭 恐惧 诈骗 自由 警卫 指南 伤害 健康 听证 帮助 住所 旅馆 房屋 身份 迹象 调查 检查员 面谈
		调查员 旅程 法官 司法 劳动 语言 法律 律师 课程 信件 手段 措施 金钱 移动 需要 网络 罪行 办公室 官员 命令 护照 付款 人员 地点 计划
		警察 权力 在场 价格 程序 许诺 证明 检察官 保护 目的 问题 理由 记录 招募者 转介 避难 报告 请求 营救 复核 权利 风险 规则 安全 学校
		搜查 判决 服务 庇护 签名 标志 来源 陈述 支持 嫌疑人 制度 证言 威胁 时间 贸易 培训 转移 运送 审判 信任 车辆 被害人 村庄 暴力 工资
		证人 工作 工人 询问 开始 相信 带来 呼叫 改变 核对 解释 发现 给予 听见 隐藏 保持 知道 学习 离开 失去 会见 命名 注意 提供 打开 支付
		阅读 收到 返回 说明 看见 派遣 显示 说话 停留 拿走 告诉 等待 书写 和 或 在 从 到 为 与 不 可以 必须 当 其中 没有 单独 清楚 接近
		常见 早期 虚假 首先 完整 困难 迟 当地 长期 新 旧 公开 其他 可能 私人 公共 安静 相同 若干 短 小 强 真实 弱 整个 年轻`)},
	{code: "fr", label: "Français", direction: "ltr", words: strings.Fields(`
		acte adulte conseil agence réponse arrestation article aide autorité frontière affaire enfant demande contrainte consentement
		contrat contrôle tribunal crime garde danger dette tromperie décision défense détail document devoir employeur fuite preuve
		exploitation fait famille peur fraude liberté gardien guide préjudice santé audience secours domicile hôtel maison identité
		indicateur enquête inspecteur entretien enquêteur voyage juge justice travail langue loi avocat leçon lettre moyen mesure argent
		mouvement besoin réseau infraction bureau agent ordre passeport paiement personne lieu plan police pouvoir présence prix
		procédure promesse procureur protection but question raison dossier recruteur orientation refuge rapport requête sauvetage
		examen droit risque règle sécurité école fouille peine service abri signature signe source déclaration soutien suspect système
		témoignage menace temps commerce formation transfert transport procès confiance véhicule victime village violence salaire témoin
		ouvrier demande commence croit apporte appelle change vérifie explique trouve donne entend cache tient garde sait apprend quitte
		perd rencontre déplace nomme note offre ouvre paie prouve lit reçoit enregistre revient dit voit envoie montre parle reste prend
		raconte attend écrit un et comme avant mais par peut pour de dans est doit sans sur ou que le leur là ce sous quand où qui avec
		seul clair proche commun tôt faux premier plein dur tard local long nouveau vieux ouvert autre possible privé public calme sûr
		même plusieurs court petit fort vrai faible entier jeune`)},
	{code: "ru", label: "Русский", direction: "ltr", words: strings.Fields(`
		деяние взрослый совет учреждение ответ арест статья помощь власть граница дело ребёнок требование принуждение согласие договор
		контроль суд преступление стража опасность долг обман решение защита подробность документ обязанность работодатель побег
		доказательство эксплуатация факт семья страх мошенничество свобода охранник руководство вред здоровье слушание поддержка дом
		гостиница жилище личность признак дознание инспектор беседа следователь поездка судья правосудие труд язык закон адвокат урок
		письмо средство мера деньги перемещение потребность сеть правонарушение кабинет сотрудник приказ паспорт платёж лицо место план
		полиция сила присутствие цена процедура обещание подтверждение прокурор охрана цель вопрос причина запись вербовщик направление
		убежище отчёт запрос спасение проверка право риск правило безопасность школа обыск приговор служба приют подпись знак источник
		заявление подозреваемый система показание угроза время торговля обучение передача перевозка процесс доверие автомобиль
		потерпевший деревня насилие заработок свидетель работа работник спрашивает начинает верит приносит зовёт меняет проверяет
		объясняет находит даёт слышит скрывает держит хранит знает учится уходит теряет встречает называет нуждается отмечает предлагает
		открывает платит доказывает читает получает записывает возвращается говорит видит посылает показывает остаётся берёт ждёт пишет
		и как до но может для из в или что этот под когда где который с без один ясный близкий общий ранний ложный первый полный трудный
		поздний местный долгий новый старый открытый другой возможный частный тихий такой короткий малый сильный верный слабый целый`)},
	{code: "es", label: "Español", direction: "ltr", words: strings.Fields(`
		acto adulto consejo organismo respuesta detención artículo ayuda autoridad frontera caso niño reclamación coacción
		consentimiento contrato control tribunal delito custodia peligro deuda engaño decisión defensa detalle documento deber empleador
		fuga prueba explotación hecho familia miedo fraude libertad guardia guía daño salud audiencia auxilio hogar hotel casa identidad
		indicador indagación inspector entrevista investigador viaje juez justicia trabajo idioma ley abogado lección carta medio medida
		dinero movimiento necesidad red infracción oficina agente orden pasaporte pago persona lugar plan policía poder presencia precio
		procedimiento promesa fiscal protección fin pregunta razón registro reclutador remisión refugio informe solicitud rescate
		revisión derecho riesgo regla seguridad escuela búsqueda condena servicio albergue firma señal fuente declaración apoyo
		sospechoso sistema testimonio amenaza tiempo comercio formación traslado transporte juicio confianza vehículo víctima pueblo
		violencia salario testigo obrero pregunta empieza cree trae llama cambia comprueba explica encuentra da oye esconde mantiene
		guarda sabe aprende sale pierde conoce mueve nombra necesita anota ofrece abre paga demuestra lee recibe graba vuelve dice ve
		envía muestra habla queda toma cuenta espera escribe un y como antes pero por puede para de en es debe sin sobre o que el su
		allí este bajo cuando donde quien con solo claro cercano común temprano falso primero lleno duro tarde local largo nuevo viejo
		abierto otro posible privado público tranquilo seguro mismo varios corto pequeño fuerte cierto débil entero joven`)},
}
