namespace Crm.Data.Seed;

/// <summary>Somebody who can sign in where demo data is wanted, and to whom the demo data refers.</summary>
/// <param name="Role">The name of the one role.</param>
/// <param name="Phone">E.164; also a way to sign in.</param>
public sealed record DemoPerson(Guid Id, string UserName, string FirstName, string LastName, string Role, string Email, string Phone)
{
    public string Name => $"{FirstName} {LastName}";
}

/// <summary>The people of the demo shop. Their ids are fixed, so that leads, notes and orders can be given to them.</summary>
public static class DemoPeople
{
    /// <summary>What all of them sign in with; refused in Production.</summary>
    public const string Password = "password123";

    public static readonly DemoPerson Owner = new(Guid.Parse("01930000-0000-7000-8000-000000000001"), "owner", "Efua", "Asante", "Owner", "efua.asante@baobab.example", "+14165550101");
    public static readonly DemoPerson Manager = new(Guid.Parse("01930000-0000-7000-8000-000000000002"), "manager", "Malik", "Thompson", "Manager", "malik.thompson@baobab.example", "+14165550102");
    public static readonly DemoPerson Agent = new(Guid.Parse("01930000-0000-7000-8000-000000000003"), "agent", "Ama", "Boakye", "Agent", "ama.boakye@baobab.example", "+14165550103");
    public static readonly DemoPerson Agent2 = new(Guid.Parse("01930000-0000-7000-8000-000000000004"), "agent2", "Tunde", "Balogun", "Agent", "tunde.balogun@baobab.example", "+14165550104");
    public static readonly DemoPerson Customer = new(Guid.Parse("01930000-0000-7000-8000-000000000005"), "customer", "Achieng", "Otieno", "Customer", "achieng.otieno@mail.example", "+14165550105");

    public static readonly IReadOnlyList<DemoPerson> All = [Owner, Manager, Agent, Agent2, Customer];

    public static readonly IReadOnlyList<DemoPerson> Staff = [Owner, Manager, Agent, Agent2];
}
