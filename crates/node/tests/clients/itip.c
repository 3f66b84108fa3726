/* Reads a calendar as programs on Debian do that are built on libical (Evolution, GNOME Calendar, KOrganizer): every error of its parser, and what
 * its table of RFC 5546 finds lacking or too much. One line each; what it understood of the events behind them. */

#include <libical/ical.h>
#include <stdio.h>

static char text[1 << 22];

static void errors(icalcomponent *in)
{
    icalproperty *error = icalcomponent_get_first_property(in, ICAL_XLICERROR_PROPERTY);
    for (; error; error = icalcomponent_get_next_property(in, ICAL_XLICERROR_PROPERTY))
        printf("error %s\n", icalproperty_get_xlicerror(error));
    icalcomponent *below = icalcomponent_get_first_component(in, ICAL_ANY_COMPONENT);
    for (; below; below = icalcomponent_get_next_component(in, ICAL_ANY_COMPONENT))
        errors(below);
}

int main(void)
{
    size_t length = fread(text, 1, sizeof text - 1, stdin);
    text[length] = 0;
    icalcomponent *calendar = icalparser_parse_string(text);
    if (!calendar) {
        puts("error no calendar");
        return 1;
    }
    int kept = icalrestriction_check(calendar);
    errors(calendar);
    printf("restrictions %s\n", kept ? "kept" : "broken");
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    for (; event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
        printf("event %s %d %s\n", icalcomponent_get_uid(event), icalcomponent_get_sequence(event),
               icaltime_as_ical_string(icalcomponent_get_dtstart(event)));
    return 0;
}
