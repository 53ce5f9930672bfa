namespace Crm.Web.Shell;

/// <summary>What the shop says of itself beside the sign-in form; bound from the section <c>Brand</c>. Its name is in the settings.</summary>
public sealed class Brand
{
    /// <summary>The big line.</summary>
    public string Claim { get; set; } = "Home tastes closer than you think.";

    /// <summary>The sentence below it.</summary>
    public string Words { get; set; } =
        "Yam from Ghana, Scotch bonnet from Jamaica, injera from the bakery round the corner. Pick it up or have it brought to you.";
}
