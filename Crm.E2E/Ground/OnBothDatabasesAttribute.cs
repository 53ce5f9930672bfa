using System.Reflection;
using Xunit.Sdk;

namespace Crm.E2E.Ground;

/// <summary>Walks a journey in the shop on SQLite and in the shop on PostgreSQL.</summary>
public sealed class OnBothDatabasesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [["SQLite"], ["PostgreSQL"]];
}
