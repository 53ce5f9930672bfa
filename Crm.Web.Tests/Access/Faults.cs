namespace Crm.Web.Tests.Access;

/// <summary>Names every fault, where an assertion on a list would name the first five.</summary>
static class Faults
{
    public static void None(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        Assert.True(all.Count == 0, string.Join(Environment.NewLine, all));
    }
}
