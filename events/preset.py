"""The questions that technical conferences in Japan ask, ready to be put into an event."""

from dataclasses import dataclass
from typing import Any

from events.question_kinds import ABROAD, Autofill, QuestionGroup, QuestionKind, TextCheck

Choices = tuple[tuple[str, str, str], ...]

PREFECTURES = (
    "北海道 Hokkaido,青森県 Aomori,岩手県 Iwate,宮城県 Miyagi,秋田県 Akita,"
    "山形県 Yamagata,福島県 Fukushima,茨城県 Ibaraki,栃木県 Tochigi,群馬県 Gunma,"
    "埼玉県 Saitama,千葉県 Chiba,東京都 Tokyo,神奈川県 Kanagawa,新潟県 Niigata,"
    "富山県 Toyama,石川県 Ishikawa,福井県 Fukui,山梨県 Yamanashi,長野県 Nagano,"
    "岐阜県 Gifu,静岡県 Shizuoka,愛知県 Aichi,三重県 Mie,滋賀県 Shiga,"
    "京都府 Kyoto,大阪府 Osaka,兵庫県 Hyogo,奈良県 Nara,和歌山県 Wakayama,"
    "鳥取県 Tottori,島根県 Shimane,岡山県 Okayama,広島県 Hiroshima,山口県 Yamaguchi,"
    "徳島県 Tokushima,香川県 Kagawa,愛媛県 Ehime,高知県 Kochi,福岡県 Fukuoka,"
    "佐賀県 Saga,長崎県 Nagasaki,熊本県 Kumamoto,大分県 Oita,宮崎県 Miyazaki,"
    "鹿児島県 Kagoshima,沖縄県 Okinawa"
)


def _prefectures() -> Choices:
    pairs = [pair.split(" ") for pair in PREFECTURES.split(",")]
    return (*((en.lower(), ja, en) for ja, en in pairs), (ABROAD, "日本国外", "Outside Japan"))


INDUSTRIES: Choices = (
    ("software", "ソフトウェア・Web サービス", "Software and web services"),
    ("integration", "システムインテグレーション・受託開発", "System integration, contract development"),
    ("cloud", "クラウド・データセンター", "Cloud and data centres"),
    ("telecom", "通信", "Telecommunications"),
    ("hardware", "電機・電子機器・半導体", "Electronics, hardware, semiconductors"),
    ("automotive", "自動車・輸送機器", "Cars and vehicles"),
    ("manufacturing", "その他の製造業", "Other manufacturing"),
    ("finance", "金融・保険", "Finance and insurance"),
    ("retail", "小売・卸売・EC", "Retail, wholesale, online shops"),
    ("media", "放送・出版・広告", "Broadcasting, publishing, advertising"),
    ("games", "ゲーム・エンターテインメント", "Games and entertainment"),
    ("transport", "運輸・物流", "Transport and logistics"),
    ("construction", "建設・不動産", "Construction and property"),
    ("energy", "電気・ガス・エネルギー", "Energy"),
    ("medical", "医療・製薬・福祉", "Health, medicine, welfare"),
    ("consulting", "コンサルティング・専門サービス", "Consulting and professional services"),
    ("education", "教育・研究機関", "Education and research"),
    ("government", "官公庁・自治体・団体", "Government and associations"),
    ("other", "その他", "Other"),
)
OCCUPATIONS: Choices = (
    ("application", "アプリケーションエンジニア", "Application engineer"),
    ("frontend", "フロントエンド・モバイルエンジニア", "Front-end or mobile engineer"),
    ("infrastructure", "インフラ・ネットワークエンジニア", "Infrastructure or network engineer"),
    ("sre", "SRE・プラットフォームエンジニア", "SRE or platform engineer"),
    ("security", "セキュリティエンジニア", "Security engineer"),
    ("machine_learning", "データ・機械学習エンジニア", "Data or machine learning engineer"),
    ("embedded", "組み込みエンジニア", "Embedded engineer"),
    ("quality", "QA・テストエンジニア", "QA or test engineer"),
    ("architect", "アーキテクト・テックリード", "Architect or tech lead"),
    ("engineering_manager", "エンジニアリングマネージャー", "Engineering manager"),
    ("product", "プロダクト・プロジェクトマネージャー", "Product or project manager"),
    ("internal_it", "社内情報システム", "Internal IT"),
    ("consultant", "コンサルタント", "Consultant"),
    ("developer_relations", "DevRel・広報・マーケティング", "DevRel, PR, marketing"),
    ("sales", "営業・プリセールス", "Sales or pre-sales"),
    ("human_resources", "人事・採用", "People and recruiting"),
    ("executive", "経営者・役員", "Executive"),
    ("research", "研究者・教員", "Researcher or teacher"),
    ("student", "学生", "Student"),
    ("other", "その他", "Other"),
)
EMPLOYEES: Choices = (
    ("1_10", "1〜10名", "1 to 10"),
    ("11_30", "11〜30名", "11 to 30"),
    ("31_50", "31〜50名", "31 to 50"),
    ("51_100", "51〜100名", "51 to 100"),
    ("101_300", "101〜300名", "101 to 300"),
    ("301_500", "301〜500名", "301 to 500"),
    ("501_1000", "501〜1,000名", "501 to 1,000"),
    ("1001_3000", "1,001〜3,000名", "1,001 to 3,000"),
    ("3001_5000", "3,001〜5,000名", "3,001 to 5,000"),
    ("5001_10000", "5,001〜10,000名", "5,001 to 10,000"),
    ("over_10000", "10,001名以上", "More than 10,000"),
    ("none", "該当しない", "Does not apply"),
)


@dataclass(frozen=True)
class PresetQuestion:
    key: str
    ja: str
    en: str
    group: str = QuestionGroup.WORK
    kind: str = QuestionKind.TEXT
    check_as: str = ""
    autofill: str = ""
    is_required: bool = True
    max_length: int = 128
    help_ja: str = ""
    help_en: str = ""
    choices: Choices = ()

    def fields(self) -> dict[str, Any]:
        """The columns of a Question."""
        same = (
            "key",
            "group",
            "kind",
            "check_as",
            "autofill",
            "is_required",
            "max_length",
            "help_ja",
            "help_en",
        )
        return {name: getattr(self, name) for name in same} | {"label_ja": self.ja, "label_en": self.en}


PERSON = QuestionGroup.PERSON
CHOICE = QuestionKind.CHOICE
PRESET = (
    PresetQuestion("family_name", "姓", "Family name", PERSON, autofill=Autofill.FAMILY_NAME, max_length=50),
    PresetQuestion("given_name", "名", "Given name", PERSON, autofill=Autofill.GIVEN_NAME, max_length=50),
    PresetQuestion(
        "family_name_kana",
        "姓（カナ）",
        "Family name in katakana",
        PERSON,
        check_as=TextCheck.KANA,
        max_length=50,
        help_ja="ひらがなや半角カナは全角カタカナに直します。",
        help_en="As it sounds in Japanese, for example スミス.",
    ),
    PresetQuestion(
        "given_name_kana",
        "名（カナ）",
        "Given name in katakana",
        PERSON,
        check_as=TextCheck.KANA,
        max_length=50,
        help_ja="例：アオイ",
        help_en="As it sounds in Japanese, for example メアリー.",
    ),
    PresetQuestion(
        "company",
        "会社名・学校名",
        "Company or school",
        autofill=Autofill.ORGANIZATION,
        help_ja="個人で参加する方は「個人」とご記入ください。",
        help_en="If you come as a private person, write “private”.",
    ),
    PresetQuestion("department", "部署・学部", "Department or faculty", is_required=False),
    PresetQuestion("position", "役職", "Position", autofill=Autofill.POSITION, is_required=False),
    PresetQuestion(
        "postal_code",
        "郵便番号",
        "Postal code",
        check_as=TextCheck.POSTAL_CODE,
        autofill=Autofill.POSTAL_CODE,
        is_required=False,
        max_length=10,
        help_ja="会社または学校の所在地です。7桁を入力すると住所が入ります。日本国外の方は空欄のままで結構です。",
        help_en="Of your company or school. Seven digits fill in the address. Outside Japan, leave it empty.",
    ),
    PresetQuestion(
        "prefecture",
        "都道府県",
        "Prefecture",
        kind=CHOICE,
        autofill=Autofill.PREFECTURE,
        choices=_prefectures(),
        help_ja="日本国外の方は、いちばん下の「日本国外」を選んでください。フリガナと住所の入力は省略できます。",
        help_en="Elsewhere? Choose “Outside Japan”, the last one: katakana and address may stay empty.",
    ),
    PresetQuestion("city", "市区町村", "City", autofill=Autofill.CITY, max_length=200),
    PresetQuestion("street", "町名・番地", "Street and number", autofill=Autofill.STREET, max_length=200),
    PresetQuestion(
        "building",
        "建物名・階",
        "Building and floor",
        autofill=Autofill.BUILDING,
        is_required=False,
        max_length=200,
    ),
    PresetQuestion(
        "phone",
        "電話番号",
        "Phone number",
        check_as=TextCheck.PHONE,
        autofill=Autofill.PHONE,
        max_length=32,
        help_ja="会社または学校の番号です。なければ日中つながる番号をご記入ください。",
        help_en="Of your company or school, or one where you are reached during the day.",
    ),
    PresetQuestion("industry", "業種", "Industry", kind=CHOICE, choices=INDUSTRIES),
    PresetQuestion("occupation", "職種", "Occupation", kind=CHOICE, choices=OCCUPATIONS),
    PresetQuestion("employees", "従業員数", "Employees", kind=CHOICE, choices=EMPLOYEES),
)
