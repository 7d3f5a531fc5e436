// autarky: country codes of ISO 3166-1.
// SPDX-License-Identifier: Apache-2.0
#include "scenario/country.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/diagnostics.hpp"

namespace autarky::scenario {
namespace {

/// ISO 3166-1, alpha-2, alpha-3 and the common English name, as Debian's iso-codes 4.15 has them.
constexpr std::string_view listed = R"(
AD AND Andorra|AE ARE United Arab Emirates|AF AFG Afghanistan|AG ATG Antigua and Barbuda|AI AIA Anguilla|
AL ALB Albania|AM ARM Armenia|AO AGO Angola|AQ ATA Antarctica|AR ARG Argentina|AS ASM American Samoa|
AT AUT Austria|AU AUS Australia|AW ABW Aruba|AX ALA Åland Islands|AZ AZE Azerbaijan|
BA BIH Bosnia and Herzegovina|BB BRB Barbados|BD BGD Bangladesh|BE BEL Belgium|BF BFA Burkina Faso|
BG BGR Bulgaria|BH BHR Bahrain|BI BDI Burundi|BJ BEN Benin|BL BLM Saint Barthélemy|BM BMU Bermuda|
BN BRN Brunei Darussalam|BO BOL Bolivia|BQ BES Bonaire, Sint Eustatius and Saba|BR BRA Brazil|BS BHS Bahamas|
BT BTN Bhutan|BV BVT Bouvet Island|BW BWA Botswana|BY BLR Belarus|BZ BLZ Belize|CA CAN Canada|
CC CCK Cocos (Keeling) Islands|CD COD Congo, The Democratic Republic of the|CF CAF Central African Republic|
CG COG Congo|CH CHE Switzerland|CI CIV Côte d'Ivoire|CK COK Cook Islands|CL CHL Chile|CM CMR Cameroon|
CN CHN China|CO COL Colombia|CR CRI Costa Rica|CU CUB Cuba|CV CPV Cabo Verde|CW CUW Curaçao|
CX CXR Christmas Island|CY CYP Cyprus|CZ CZE Czechia|DE DEU Germany|DJ DJI Djibouti|DK DNK Denmark|
DM DMA Dominica|DO DOM Dominican Republic|DZ DZA Algeria|EC ECU Ecuador|EE EST Estonia|EG EGY Egypt|
EH ESH Western Sahara|ER ERI Eritrea|ES ESP Spain|ET ETH Ethiopia|FI FIN Finland|FJ FJI Fiji|
FK FLK Falkland Islands (Malvinas)|FM FSM Micronesia, Federated States of|FO FRO Faroe Islands|FR FRA France|
GA GAB Gabon|GB GBR United Kingdom|GD GRD Grenada|GE GEO Georgia|GF GUF French Guiana|GG GGY Guernsey|
GH GHA Ghana|GI GIB Gibraltar|GL GRL Greenland|GM GMB Gambia|GN GIN Guinea|GP GLP Guadeloupe|
GQ GNQ Equatorial Guinea|GR GRC Greece|GS SGS South Georgia and the South Sandwich Islands|GT GTM Guatemala|
GU GUM Guam|GW GNB Guinea-Bissau|GY GUY Guyana|HK HKG Hong Kong|HM HMD Heard Island and McDonald Islands|
HN HND Honduras|HR HRV Croatia|HT HTI Haiti|HU HUN Hungary|ID IDN Indonesia|IE IRL Ireland|IL ISR Israel|
IM IMN Isle of Man|IN IND India|IO IOT British Indian Ocean Territory|IQ IRQ Iraq|IR IRN Iran|IS ISL Iceland|
IT ITA Italy|JE JEY Jersey|JM JAM Jamaica|JO JOR Jordan|JP JPN Japan|KE KEN Kenya|KG KGZ Kyrgyzstan|
KH KHM Cambodia|KI KIR Kiribati|KM COM Comoros|KN KNA Saint Kitts and Nevis|KP PRK North Korea|
KR KOR South Korea|KW KWT Kuwait|KY CYM Cayman Islands|KZ KAZ Kazakhstan|LA LAO Laos|LB LBN Lebanon|
LC LCA Saint Lucia|LI LIE Liechtenstein|LK LKA Sri Lanka|LR LBR Liberia|LS LSO Lesotho|LT LTU Lithuania|
LU LUX Luxembourg|LV LVA Latvia|LY LBY Libya|MA MAR Morocco|MC MCO Monaco|MD MDA Moldova|ME MNE Montenegro|
MF MAF Saint Martin (French part)|MG MDG Madagascar|MH MHL Marshall Islands|MK MKD North Macedonia|ML MLI Mali|
MM MMR Myanmar|MN MNG Mongolia|MO MAC Macao|MP MNP Northern Mariana Islands|MQ MTQ Martinique|MR MRT Mauritania|
MS MSR Montserrat|MT MLT Malta|MU MUS Mauritius|MV MDV Maldives|MW MWI Malawi|MX MEX Mexico|MY MYS Malaysia|
MZ MOZ Mozambique|NA NAM Namibia|NC NCL New Caledonia|NE NER Niger|NF NFK Norfolk Island|NG NGA Nigeria|
NI NIC Nicaragua|NL NLD Netherlands|NO NOR Norway|NP NPL Nepal|NR NRU Nauru|NU NIU Niue|NZ NZL New Zealand|
OM OMN Oman|PA PAN Panama|PE PER Peru|PF PYF French Polynesia|PG PNG Papua New Guinea|PH PHL Philippines|
PK PAK Pakistan|PL POL Poland|PM SPM Saint Pierre and Miquelon|PN PCN Pitcairn|PR PRI Puerto Rico|
PS PSE Palestine, State of|PT PRT Portugal|PW PLW Palau|PY PRY Paraguay|QA QAT Qatar|RE REU Réunion|
RO ROU Romania|RS SRB Serbia|RU RUS Russian Federation|RW RWA Rwanda|SA SAU Saudi Arabia|SB SLB Solomon Islands|
SC SYC Seychelles|SD SDN Sudan|SE SWE Sweden|SG SGP Singapore|
SH SHN Saint Helena, Ascension and Tristan da Cunha|SI SVN Slovenia|SJ SJM Svalbard and Jan Mayen|
SK SVK Slovakia|SL SLE Sierra Leone|SM SMR San Marino|SN SEN Senegal|SO SOM Somalia|SR SUR Suriname|
SS SSD South Sudan|ST STP Sao Tome and Principe|SV SLV El Salvador|SX SXM Sint Maarten (Dutch part)|
SY SYR Syria|SZ SWZ Eswatini|TC TCA Turks and Caicos Islands|TD TCD Chad|TF ATF French Southern Territories|
TG TGO Togo|TH THA Thailand|TJ TJK Tajikistan|TK TKL Tokelau|TL TLS Timor-Leste|TM TKM Turkmenistan|
TN TUN Tunisia|TO TON Tonga|TR TUR Türkiye|TT TTO Trinidad and Tobago|TV TUV Tuvalu|TW TWN Taiwan|
TZ TZA Tanzania|UA UKR Ukraine|UG UGA Uganda|UM UMI United States Minor Outlying Islands|US USA United States|
UY URY Uruguay|UZ UZB Uzbekistan|VA VAT Holy See (Vatican City State)|VC VCT Saint Vincent and the Grenadines|
VE VEN Venezuela|VG VGB Virgin Islands, British|VI VIR Virgin Islands, U.S.|VN VNM Vietnam|VU VUT Vanuatu|
WF WLF Wallis and Futuna|WS WSM Samoa|YE YEM Yemen|YT MYT Mayotte|ZA ZAF South Africa|ZM ZMB Zambia|
ZW ZWE Zimbabwe|)";

const std::vector<Country>& countries() {
    static const auto all = [] {
        std::vector<Country> out;
        for (std::size_t at = listed.find_first_not_of('\n'); at < listed.size();) {
            const auto end = listed.find('|', at);
            const auto row = listed.substr(at, end - at);
            out.push_back({row.substr(0, 2), row.substr(3, 3), row.substr(7)});
            at = listed.find_first_not_of('\n', end + 1);
        }
        return out;
    }();
    return all;
}

/// Words for countries that are neither their code nor their name.
constexpr std::array<std::pair<std::string_view, std::string_view>, 35> aliases{{
    {"uk", "GB"},
    {"england", "GB"},
    {"great britain", "GB"},
    {"britain", "GB"},
    {"scotland", "GB"},
    {"america", "US"},
    {"u.s.", "US"},
    {"united states of america", "US"},
    {"korea", "KR"},
    {"rok", "KR"},
    {"republic of korea", "KR"},
    {"roc", "TW"},
    {"taiwan, china", "TW"},
    {"prc", "CN"},
    {"mainland china", "CN"},
    {"russia", "RU"},
    {"holland", "NL"},
    {"turkey", "TR"},
    {"czech republic", "CZ"},
    {"viet nam", "VN"},
    {"usa", "US"},
    {"uae", "AE"},
    {"emirates", "AE"},
    {"burma", "MM"},
    {"macau", "MO"},
    {"turkiye", "TR"},
    {"ivory coast", "CI"},
    {"cape verde", "CV"},
    {"swaziland", "SZ"},
    {"palestine", "PS"},
    {"vatican", "VA"},
    {"micronesia", "FM"},
    {"brunei", "BN"},
    {"drc", "CD"},
    {"democratic republic of the congo", "CD"},
}};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
std::string lowered(std::string_view word) {
    std::string out(word);
    std::ranges::transform(out, out.begin(), lower);
    return out;
}

const Country* of_code(std::string_view code) {
    const auto found = std::ranges::find(countries(), code, &Country::code);
    return found == countries().end() ? nullptr : &*found;
}

/// The country that a word means, mistyped too; null if none is near.
const Country* meant(std::string_view word) {
    if (const auto* country = country_named(word)) return country;
    const auto small = lowered(word);
    constexpr std::size_t shortest_name = 5; // a shorter word is near too many
    if (word.size() < shortest_name) return nullptr;
    std::vector<std::string> names;
    for (const auto& country : countries())
        names.push_back(lowered(country.name));
    const auto near = closest(small, {names.begin(), names.end()});
    if (near.empty()) return nullptr;
    const auto at = std::ranges::find(names, near) - names.begin();
    return &countries()[static_cast<std::size_t>(at)];
}

} // namespace

const Country* country_named(std::string_view word) {
    const auto small = lowered(word);
    for (const auto& [alias, code] : aliases)
        if (alias == small) return of_code(code);
    for (const auto& country : countries())
        if (small == lowered(country.code) || small == lowered(country.code3) || small == lowered(country.name))
            return &country;
    return nullptr;
}

bool is_country(std::string_view word) { return of_code(word) != nullptr; }

std::string country_hint(std::string_view word) {
    if (lowered(word) == "eu") return "the union has no code of its own; name the country, such as 'DE', 'IE' or 'NL'";
    if (const auto* country = meant(word)) return fmt::format("did you mean '{}' ({})?", country->code, country->name);
    return "write the two capitals of ISO 3166-1, such as 'US', 'TW' or 'KR'";
}

} // namespace autarky::scenario
