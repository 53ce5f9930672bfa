namespace Crm.Data; public sealed class Marker;
