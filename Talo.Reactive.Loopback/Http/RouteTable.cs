using System;
using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Loopback.Routes;
using Talo.Reactive.Loopback.Routes.Auth;

namespace Talo.Reactive.Loopback.Http;

/// <summary>The endpoints. Where two fit a path, the earlier one is taken.</summary>
internal static class RouteTable
{
    private static readonly Entry[] Entries =
    [
        Entry.Of<HealthCheck>("GET", "/v1/health-check"),
        Entry.Of<CreateSocketTicket>("POST", "/v1/socket-tickets"),

        Entry.Of<GetGameConfig>("GET", "/v1/game-config"),

        Entry.Of<IdentifyPlayer>("GET", "/v1/players/identify"),
        Entry.Of<CreateSocketToken>("POST", "/v1/players/socket-token"),
        Entry.Of<UpdatePresence>("PUT", "/v1/players/presence"),
        Entry.Of<GetPresence>("GET", "/v1/players/presence/:id"),
        Entry.Of<SearchPlayers>("GET", "/v1/players/search"),
        Entry.Of<MergePlayers>("POST", "/v1/players/merge"),

        Entry.Of<Register>("POST", "/v1/players/auth/register"),
        Entry.Of<Login>("POST", "/v1/players/auth/login"),
        Entry.Of<VerifyLogin>("POST", "/v1/players/auth/verify"),
        Entry.Of<RefreshSession>("POST", "/v1/players/auth/refresh"),
        Entry.Of<Logout>("POST", "/v1/players/auth/logout"),
        Entry.Of<ChangePassword>("POST", "/v1/players/auth/change_password"),
        Entry.Of<ChangeEmail>("POST", "/v1/players/auth/change_email"),
        Entry.Of<ChangeIdentifier>("POST", "/v1/players/auth/change_identifier"),
        Entry.Of<ForgotPassword>("POST", "/v1/players/auth/forgot_password"),
        Entry.Of<ResetPassword>("POST", "/v1/players/auth/reset_password"),
        Entry.Of<ToggleVerification>("PATCH", "/v1/players/auth/toggle_verification"),
        Entry.Of<DeleteAccount>("DELETE", "/v1/players/auth"),
        Entry.Of<MigrateAccount>("POST", "/v1/players/auth/migrate"),

        Entry.Of<Subscribe>("POST", "/v1/players/relationships"),
        Entry.Of<ListSubscribers>("GET", "/v1/players/relationships/subscribers"),
        Entry.Of<ListSubscribedTo>("GET", "/v1/players/relationships/subscriptions"),
        Entry.Of<ConfirmSubscription>("PUT", "/v1/players/relationships/:id/confirm"),
        Entry.Of<DeleteSubscription>("DELETE", "/v1/players/relationships/:id"),
        Entry.Of<GetPlayer>("GET", "/v1/players/:id"),
        Entry.Of<UpdatePlayer>("PATCH", "/v1/players/:id"),

        Entry.Of<ListChannels>("GET", "/v1/game-channels"),
        Entry.Of<ListSubscriptions>("GET", "/v1/game-channels/subscriptions"),
        Entry.Of<CreateChannel>("POST", "/v1/game-channels"),
        Entry.Of<GetChannel>("GET", "/v1/game-channels/:id"),
        Entry.Of<UpdateChannel>("PUT", "/v1/game-channels/:id"),
        Entry.Of<DeleteChannel>("DELETE", "/v1/game-channels/:id"),
        Entry.Of<JoinChannel>("POST", "/v1/game-channels/:id/join"),
        Entry.Of<LeaveChannel>("POST", "/v1/game-channels/:id/leave"),
        Entry.Of<InviteToChannel>("POST", "/v1/game-channels/:id/invite"),
        Entry.Of<ListMembers>("GET", "/v1/game-channels/:id/members"),
        Entry.Of<GetStorage>("GET", "/v1/game-channels/:id/storage"),
        Entry.Of<ListStorage>("GET", "/v1/game-channels/:id/storage/list"),
        Entry.Of<WriteStorage>("PUT", "/v1/game-channels/:id/storage"),
    ];

    public static Route? Find(string method, string path, out IReadOnlyDictionary<string, string> parameters)
    {
        var segments = path.Split('/');
        foreach (var entry in Entries)
        {
            if (entry.Method == method && entry.Match(segments) is { } match)
            {
                parameters = match;
                return entry.Create();
            }
        }
        parameters = new Dictionary<string, string>();
        return null;
    }

    private sealed record Entry(string Method, string[] Template, Func<Route> Create)
    {
        public static Entry Of<T>(string method, string template)
            where T : Route, new() =>
            new(method, template.Split('/'), static () => new T());

        public Dictionary<string, string>? Match(string[] segments)
        {
            if (segments.Length != Template.Length)
                return null;
            var pairs = Template.Zip(segments).ToList();
            if (pairs.Any(pair => pair.First.StartsWith(':') ? pair.Second.Length == 0 : pair.First != pair.Second))
                return null;
            return pairs.Where(pair => pair.First.StartsWith(':')).ToDictionary(pair => pair.First[1..], pair => pair.Second);
        }
    }
}
