"""Workbooks as three teams keep them: their own tabs and headings, nothing mapped by hand."""

from typing import Final

RUSSIAN: Final = {
    "Покупатели": """
        Код | ФИО             | Моб. тел.        | E-mail           | Город  | Рассылка | Менеджер
        К1  | Анна Петрова    | +996 555 123 456 | anna@example.com | Бишкек | да       | Айгуль
        К2  | Борис Иванов    | +996 555 123 457 |                  | Ош     | нет      | Нурлан
        К3  | Вера Ким        |                  | vera@example.com | Ош     | д        | Айгуль
        """,
    "Продажи": """
        № чека | Дата продажи | Код клиента | Наименование товара | Кол-во | Цена | Скидка | Продавец | Срок доставки
        Ч1     | 12.03.2026   | К1          | Чай                 | 2      | 350  |        | Айгуль   | 15.03.2026
        Ч1     | 12.03.2026   | К1          | Мёд                 | 1      | 900  | 10 %   | Айгуль   | 15.03.2026
        Ч2     | 14.03.2026   | К2          | Чай                 | 4      | 350  |        | Нурлан   |
        """,
    "Сотрудники": """
        Таб. номер | Имя сотрудника | Должность | Дата приёма
        1          | Айгуль Асанова | продавец  | 01.02.2024
        2          | Нурлан Усупов  | продавец  | 01.02.2025
        """,
}
SWAHILI: Final = {
    "Orodha ya wateja": """
        Duka la Juma: wateja wetu
        .
        Na. ya mteja | Jina la mteja | Namba ya simu    | Barua pepe       | Anwani
        M1           | Asha Juma     | +254 712 345 678 | asha@example.com | Moi Ave 1
        M2           | Peter Kamau   | +254 723 456 789 |                  | Moi Ave 2
        Jumla        | 2             |                  |                  |
        """,
    "Mauzo 2026": """
        Namba ya risiti | Tarehe ya mauzo | Mteja       | Bidhaa | Idadi | Jumla ya malipo | Muuzaji
        R1              | 2026-03-12      | Asha Juma   | Chai   | 2     | 700             | Zawadi
        R2              | 2026-03-14      | Peter Kamau | Asali  | 1     | 900             | Zawadi
        """,
    "Bidhaa zetu": """
        Jina la bidhaa | Aina      | Bei
        Chai           | Vinywaji  | 350
        Asali          | Chakula   | 900
        """,
    "Wauzaji": """
        Jina          | Cheo
        Zawadi Njeri  | muuzaji
        """,
}
ABBREVIATED: Final = {
    "CUST": """
        CUST_ID | FNAME | LNAME  | TEL           | E_MAIL          | ADDR      | CTRY | NEWSLETTER
        17      | Ann   | Lee    | 503 555 7555  | ann@example.com | 1 Elm St  | USA  | Y
        18      | Bob   | Stone  | 503 555 6874  |                 | 2 Oak St  | USA  | 0
        """,
    "INV_LINES": """
        INV_NO | SKU | QTY | UNIT_PRC | DISC
        9001   | T1  | 2   | 12.50    | 0
        9001   | H1  | 1   | 8        | 0.25
        9002   | T1  | 1   | 12.50    | 0
        """,
    "INV": """
        INV_NO | INV_DT     | CUST_ID | EMP_ID | REQ_DT     | SHP_DT     | STATUS
        9001   | 2026-03-12 | 17      | 1      | 2026-03-20 | 2026-03-18 | shipped
        9002   | 2026-03-14 | 18      | 2      | 2026-03-21 |            | closed
        """,
    "EMP": """
        EMP_ID | EMP_NAME  | JOB
        1      | Sue Grey  | sales
        2      | Tom Brown | sales
        """,
    "PROD": """
        SKU | PROD_NAME | CAT_ID | PRICE
        T1  | Tea       | 1      | 12.50
        H1  | Honey     | 2      | 8
        """,
    "CAT": """
        CAT_ID | CAT_NAME
        1      | Drinks
        2      | Food
        """,
}
