using System.ComponentModel.DataAnnotations;

namespace Crm.Web.Shell;

/// <summary>Who the shop is to those who visit it; bound from the section <c>Brand</c>.</summary>
public sealed class Brand
{
    /// <summary>The shop's name, in the title of every page.</summary>
    [Required] public string Name { get; set; } = "Baobab Market";

    /// <summary>The greeting of the portal.</summary>
    [Required] public string Greeting { get; set; } = "Karibu";

    /// <summary>The big line beside the sign-in form.</summary>
    public string Claim { get; set; } = "Home tastes closer than you think.";

    /// <summary>The sentence below it.</summary>
    public string Words { get; set; } =
        "Yam from Ghana, Scotch bonnet from Jamaica, injera from the bakery round the corner. Pick it up or have it brought to you.";
}
