using Crm.Web.Features.Accounts.Users;
using Crm.Web.Platform.Typed;

namespace Crm.Web.Tests.Features.Accounts.Users;

[Trait("contract", "M-055")]
public sealed class UserNamesTests
{
    [Theory]
    [InlineData("ama")]
    [InlineData("Ama.Boakye_1+shop-7")]
    [InlineData("Ọlá")]
    [InlineData("N'Dour")]
    [InlineData("Adé-Ọ̀ṣun")]
    [InlineData("Nkẹ́chi")]
    [InlineData("Ngũgĩ")]
    [InlineData("Ɔkɔmfo.Anɔkye")]
    [InlineData("Ɓala_ɗan")]
    [InlineData("أمينة")]
    [InlineData("محمد٧")]
    [InlineData("አበበ")]
    [InlineData("አበበ2")]
    [InlineData("ߒߞߏ")]
    [InlineData("\U0001E900\U0001E901\U0001E902")]
    [InlineData("Αντώνης")]
    [InlineData("Ольга")]
    [InlineData("अमिता")]
    public void A_name_in_letters_of_one_script_is_good_however_its_accents_are_written(string name)
    {
        Assert.Null(UserNames.ComplaintAbout(name, "", "CA"));
        Assert.Null(UserNames.ComplaintAbout(name.Normalize(System.Text.NormalizationForm.FormD), "", "CA"));
    }

    [Theory]
    [InlineData("\u0430ma")] // Cyrillic a
    [InlineData("am\u0430")]
    [InlineData("own\u0435r")]
    [InlineData("\u039fwner")] // Greek capital omicron
    [InlineData("ama٧")]
    [InlineData("أمينةama")]
    [InlineData("አበበama")]
    [InlineData("am\u0430@mail.example")]
    [InlineData("am\u0483a")] // an accent of Cyrillic
    [InlineData("ama\ufe0f")] // chooses the shape of a sign
    public void Letters_of_two_scripts_are_refused(string name) => Assert.Equal(UserNames.Mixed, UserNames.ComplaintAbout(name));

    [Theory]
    [InlineData("")]
    [InlineData("x y")]
    [InlineData("am\u200ba")]
    [InlineData("am\u200da")]
    [InlineData("am\u2060a")]
    [InlineData("am\ufeffa")]
    [InlineData("am\u00ada")]
    [InlineData("\u202eama")]
    [InlineData("ama\u2066")]
    [InlineData("ama\u200f")]
    [InlineData("ama\u061c")]
    [InlineData("am\u034fa")]
    [InlineData("am\u0007a")]
    [InlineData("ama\n")]
    [InlineData("ama\0")]
    [InlineData("ama\ue000")]
    [InlineData("ama\ud83d")]
    [InlineData("ama😀")]
    [InlineData("ａｍａ")]
    [InlineData("𝐚𝐦𝐚")]
    [InlineData("\u0301ama")]
    [InlineData("\u1160")] // a letter of Hangul that nobody sees
    [InlineData("김\u1160")]
    [InlineData("admi\u0307n")] // the dot is there already
    [InlineData("a\u0301\u0301\u0301\u0301\u0301ma")]
    [InlineData("ama’s")]
    [InlineData("ama‿b")]
    [InlineData("ama/b")]
    [InlineData("<ama>")]
    public void What_cannot_be_seen_or_stands_for_something_else_is_refused(string name) => Assert.Equal(UserNames.Complaint, UserNames.ComplaintAbout(name, "", "CA"));

    [Theory]
    [InlineData("Ọlá", "Ọlá")]
    [InlineData("  N'Dour ", "N'Dour")]
    [InlineData("Adé-Ọ̀ṣun", "Adé-Ọ̀ṣun")]
    [InlineData("\u202eaufE\u202c", "aufE")]
    [InlineData("E\u200bfu\u2060a\ufeff", "Efua")]
    [InlineData("Ef\u200dua", "Efua")]
    [InlineData("علی\u200cرضا", "علی\u200cرضا")]
    [InlineData("\u200fأمينة", "أمينة")]
    [InlineData("Efua\tAsante\0", "Efua Asante")]
    [InlineData("\u200b", "")]
    [InlineData("\u3164\u1160", "")]
    [InlineData("Efua\ud83d", "Efua")]
    [InlineData("Mama 🍌", "Mama 🍌")]
    public void A_persons_name_keeps_what_can_be_read(string typed, string read) => Assert.Equal(read, PersonName.Clean(typed));
}
