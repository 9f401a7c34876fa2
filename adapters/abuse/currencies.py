"""What people pay with where they live (ISO 4217 and ISO 3166), widely used others included.

Countries that are not here have none that is known.
"""

from collections.abc import Mapping
from functools import cache

COUNTRIES_BY_CURRENCY: Mapping[str, str] = {
    "AED": "AE", "ALL": "AL", "AMD": "AM", "ARS": "AR", "AUD": "AU CC CX KI NF NR TV",
    "AZN": "AZ", "BAM": "BA", "BBD": "BB", "BDT": "BD", "BGN": "BG", "BHD": "BH", "BMD": "BM",
    "BND": "BN", "BOB": "BO", "BRL": "BR", "BSD": "BS", "BWP": "BW", "BZD": "BZ", "CAD": "CA",
    "CHF": "CH LI", "CLP": "CL", "CNY": "CN", "COP": "CO", "CRC": "CR", "CVE": "CV", "CZK": "CZ",
    "DKK": "DK FO GL", "DOP": "DO", "DZD": "DZ", "EGP": "EG", "ETB": "ET",
    "EUR": "AD AT AX BE BG BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM "
    "PT RE SI SK SM TF VA XK YT",
    "FJD": "FJ", "GBP": "GB GG GI IM JE", "GEL": "GE", "GHS": "GH", "GIP": "GI", "GTQ": "GT",
    "HKD": "HK", "HNL": "HN", "HUF": "HU", "IDR": "ID", "ILS": "IL PS", "INR": "BT IN",
    "ISK": "IS", "JMD": "JM", "JOD": "JO PS", "JPY": "JP", "KES": "KE", "KGS": "KG", "KHR": "KH",
    "KRW": "KR", "KWD": "KW", "KZT": "KZ", "LAK": "LA", "LKR": "LK", "MAD": "EH MA", "MDL": "MD",
    "MKD": "MK", "MNT": "MN", "MOP": "MO", "MUR": "MU", "MVR": "MV", "MXN": "MX", "MYR": "MY",
    "MZN": "MZ", "NAD": "NA", "NGN": "NG", "NIO": "NI", "NOK": "BV NO SJ", "NPR": "NP",
    "NZD": "CK NU NZ PN TK", "OMR": "OM", "PEN": "PE", "PHP": "PH", "PKR": "PK", "PLN": "PL",
    "PYG": "PY", "QAR": "QA", "RON": "RO", "RSD": "RS", "RWF": "RW", "SAR": "SA", "SCR": "SC",
    "SEK": "SE", "SGD": "BN SG", "THB": "TH", "TND": "TN", "TRY": "TR", "TTD": "TT", "TWD": "TW",
    "TZS": "TZ", "UAH": "UA", "UGX": "UG",
    "USD": "AS BB BM BQ BS BZ EC FM GU IO KH KY MH MP PA PR PW SV TC TL UM US VG VI",
    "UYU": "UY", "UZS": "UZ", "VND": "VN", "XAF": "CF CG CM GA GQ TD",
    "XCD": "AG AI DM GD KN LC MS VC", "XOF": "BF BJ CI GW ML NE SN TG", "XPF": "NC PF WF",
    "ZAR": "LS NA SZ ZA", "ZMW": "ZM",
}  # fmt: skip


@cache
def currencies_by_country() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for currency, countries in COUNTRIES_BY_CURRENCY.items():
        for country in countries.split():
            found[country] = found.get(country, frozenset()) | {currency}
    return found
