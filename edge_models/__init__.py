"""Small models that run on the edge machine; they know nothing of kiosk, server or MQTT."""
