using System.Collections.Frozen;

namespace Crm.Web.Platform.Phones;

/// <summary>
/// The countries that the shop's people call from: lengths and prefixes from the ITU's national numbering plans. A number of
/// any other country is taken when it is written with its plus.
/// </summary>
public static class PhoneCountries
{
    private static readonly int[] Threes = [3, 3, 3];
    private static readonly int[] Twos = [2, 2, 2, 2, 2];
    private static readonly int[] OneThenTwos = [1, 2, 2, 2, 2];

    public static readonly IReadOnlyList<PhoneCountry> All =
    [
        American("US"), American("CA"),
        American("JM", "876", "658"), American("TT", "868"), American("BB", "246"), American("BS", "242"),
        American("AG", "268"), American("DM", "767"), American("GD", "473"), American("KN", "869"), American("LC", "758"), American("VC", "784"),
        American("AI", "264"), American("VG", "284"), American("KY", "345"), American("TC", "649"), American("MS", "664"), American("BM", "441"),
        American("SX", "721"), American("VI", "340"), American("DO", "809", "829", "849"), American("PR", "787", "939"),
        new("HT", "509", "", 8, 8, [4, 4], []), new("CU", "53", "0", 6, 10, Threes, [], "119"), new("GP", "590", "0", 9, 9, [3, 2, 2, 2], []),
        new("MQ", "596", "0", 9, 9, [3, 2, 2, 2], []), new("GF", "594", "0", 9, 9, [3, 2, 2, 2], []), new("GY", "592", "", 7, 7, [3, 4], [], "001"),
        new("SR", "597", "", 6, 7, [3, 4], []), new("BZ", "501", "", 7, 7, [3, 4], []), new("AW", "297", "", 7, 7, [3, 4], []), new("CW", "599", "", 7, 8, [4, 4], []),
        new("KE", "254", "0", 7, 9, Threes, [], "000"), new("UG", "256", "0", 9, 9, Threes, [], "000"), new("TZ", "255", "0", 9, 9, Threes, [], "000"),
        new("RW", "250", "0", 8, 9, Threes, []), new("BI", "257", "", 8, 8, Twos, []), new("ET", "251", "0", 9, 9, [2, 3, 4], []),
        new("ER", "291", "0", 7, 7, [1, 3, 3], []), new("DJ", "253", "", 8, 8, Twos, []), new("SO", "252", "0", 6, 9, Threes, []), new("SD", "249", "0", 9, 9, [2, 3, 4], []),
        new("GH", "233", "0", 9, 9, [2, 3, 4], []), new("NG", "234", "0", 7, 10, [3, 3, 4], [], "009"), new("SN", "221", "", 9, 9, [2, 3, 2, 2], []),
        new("CI", "225", "", 10, 10, Twos, []), new("ML", "223", "", 8, 8, Twos, []), new("BF", "226", "", 8, 8, Twos, []), new("TG", "228", "", 8, 8, Twos, []),
        new("BJ", "229", "", 8, 10, Twos, []), new("NE", "227", "", 8, 8, Twos, []), new("GN", "224", "", 8, 9, [3, 2, 2, 2], []), new("GM", "220", "", 7, 7, [3, 4], []),
        new("SL", "232", "0", 8, 8, [2, 6], []), new("LR", "231", "0", 7, 9, [2, 3, 4], []), new("CV", "238", "", 7, 7, [3, 2, 2], []), new("GW", "245", "", 7, 9, Threes, []),
        new("CM", "237", "", 9, 9, OneThenTwos, []), new("GA", "241", "0", 7, 8, Twos, []), new("CG", "242", "", 9, 9, [2, 3, 4], []), new("CD", "243", "0", 7, 9, Threes, []),
        new("AO", "244", "", 9, 9, Threes, []), new("ZA", "27", "0", 9, 9, [2, 3, 4], []), new("ZW", "263", "0", 6, 10, [2, 3, 4], []), new("ZM", "260", "0", 9, 9, [2, 3, 4], []),
        new("MW", "265", "0", 7, 9, Threes, []), new("MZ", "258", "", 8, 9, [2, 3, 4], []), new("BW", "267", "", 7, 8, [2, 3, 3], []), new("NA", "264", "0", 7, 9, [2, 3, 4], []),
        new("MG", "261", "0", 9, 9, [2, 2, 3, 2], []), new("MU", "230", "", 7, 8, [4, 4], []), new("SC", "248", "", 7, 7, [1, 3, 3], []), new("KM", "269", "", 7, 7, [3, 2, 2], []),
        new("EG", "20", "0", 8, 10, [3, 3, 4], []), new("MA", "212", "0", 9, 9, OneThenTwos, []), new("DZ", "213", "0", 8, 9, [3, 2, 2, 2], []), new("TN", "216", "", 8, 8, [2, 3, 3], []),
        new("GB", "44", "0", 9, 10, [4, 6], []), new("IE", "353", "0", 7, 9, [2, 3, 4], []), new("FR", "33", "0", 9, 9, OneThenTwos, []), new("BE", "32", "0", 8, 9, [3, 2, 2, 2], []),
        new("NL", "31", "0", 9, 9, [2, 3, 4], []), new("DE", "49", "0", 5, 11, [3, 8], []), new("CH", "41", "0", 9, 9, [2, 3, 2, 2], []), new("LU", "352", "", 6, 9, Threes, []),
        new("IT", "39", "", 6, 11, [3, 3, 4], []), new("ES", "34", "", 9, 9, Threes, []), new("PT", "351", "", 9, 9, Threes, []), new("SE", "46", "0", 7, 9, [2, 3, 4], []),
        new("NO", "47", "", 8, 8, [3, 2, 3], []), new("DK", "45", "", 8, 8, Twos, []), new("AE", "971", "0", 8, 9, [2, 3, 4], []), new("IN", "91", "0", 10, 10, [5, 5], []),
        new("BR", "55", "0", 10, 11, [2, 5, 4], []), new("MX", "52", "", 10, 10, [2, 4, 4], []), new("AU", "61", "0", 9, 9, Threes, [], "0011"),
    ];

    private static readonly FrozenDictionary<string, PhoneCountry> ByCode = All.ToFrozenDictionary(c => c.Code);
    private static readonly FrozenDictionary<string, PhoneCountry> ByCalling = All.DistinctBy(c => c.Calling).ToFrozenDictionary(c => c.Calling);

    /// <summary>The country of an ISO code, or null when the table does not have it.</summary>
    public static PhoneCountry? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The country, or the first of a shared plan, whose calling code begins the digits; calling codes are free of prefixes.</summary>
    internal static PhoneCountry? OfDigits(string digits)
    {
        for (var length = 1; length <= 3 && length < digits.Length; length++)
            if (ByCalling.TryGetValue(digits[..length], out var country)) return country;
        return null;
    }

    private static PhoneCountry American(string code, params string[] area) => new(code, "1", "1", 10, 10, [3, 3, 4], area, "011");
}
